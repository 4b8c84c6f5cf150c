package io.mcpgovernor.examples.spring;

/** A customer, in clear. */
record Customer(
    String id, String tenant, String name, String email, String phone, String ssn, String card) {}
