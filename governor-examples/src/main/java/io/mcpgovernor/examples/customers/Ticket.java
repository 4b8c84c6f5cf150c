package io.mcpgovernor.examples.customers;

import java.time.LocalDate;

/**
 * What a customer wrote to the support desk.
 *
 * @param body prose; some customers put their telephone, card or social security number into it
 */
public record Ticket(
    String id, String tenant, String customerId, String subject, String body, LocalDate opened) {}
