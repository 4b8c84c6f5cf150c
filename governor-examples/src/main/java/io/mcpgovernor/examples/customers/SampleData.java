package io.mcpgovernor.examples.customers;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * The invented customers, orders and tickets. Every call gives the same ones: the generator is
 * seeded, and {@link Random} promises its sequence for a seed on every Java version.
 */
record SampleData(List<Customer> customers, List<Order> orders, List<Ticket> tickets) {

  static final List<String> TENANTS = List.of("acme", "globex");

  private static final long SEED = 20_190_314L;
  private static final int CUSTOMERS = 1_200;
  private static final int ORDERS = 3_000;
  private static final int TICKETS = 900;
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 1);

  private static final List<String> FIRST_NAMES =
      List.of(
          "Maria", "James", "Aisha", "Chen", "Olga", "Diego", "Fatima", "Liam", "Noor", "Emma",
          "Hiro", "Grace", "Ivan", "Lucia", "Omar", "Priya", "Sven", "Tara", "Walter", "Zoe");
  private static final List<String> LAST_NAMES =
      List.of(
          "Lopez",
          "Smith",
          "Khan",
          "Wei",
          "Petrova",
          "Garcia",
          "Haddad",
          "Murphy",
          "Nguyen",
          "Brown",
          "Tanaka",
          "Okafor",
          "Novak",
          "Rossi",
          "Farouk",
          "Patel",
          "Lindqvist",
          "Jones",
          "Meyer",
          "Dubois");
  private static final List<String> DOMAINS = List.of("example.com", "example.org", "example.net");
  private static final List<String> CITIES =
      List.of("Springfield", "Riverton", "Lakeside", "Fairview", "Georgetown", "Ashland");
  private static final List<String> NOTES =
      List.of(
          "Likes the newsletter.",
          "Gift wrap on every order; confirmed in spring.",
          "Asked for version 2.14.3 of the app, ticket closed.",
          "Prefers a call at {phone} after 6 pm.",
          "Spouse answers at {phone}, ask for the account holder.",
          "Invoices go to {email} from now on.",
          "Could not be reached at {phone}; wrote to {email} instead.");
  private static final List<String> SUBJECTS =
      List.of("Parcel is late", "Charged twice", "New address", "Delete my data", "Wrong colour");
  private static final List<String> BODIES =
      List.of(
          "My parcel {tracking} has not moved for 9 days. Please call me on {phone}.",
          "You charged card {card} twice for the same order. Send the refund notice to {email}.",
          "We have moved to {city}. Nothing else has changed.",
          "Please delete my data. For verification, my social security number is {ssn}.",
          "The box held the wrong colour. I would like to swap it, no hurry.");

  static SampleData generate() {
    Random random = new Random(SEED);
    List<Customer> customers = new ArrayList<>(CUSTOMERS);
    customers.add(johnDoe());
    while (customers.size() < CUSTOMERS) {
      customers.add(customer(random, customers.size()));
    }
    List<Order> orders = new ArrayList<>(ORDERS);
    while (orders.size() < ORDERS) {
      orders.add(order(random, orders.size(), pick(random, customers)));
    }
    List<Ticket> tickets = new ArrayList<>(TICKETS);
    while (tickets.size() < TICKETS) {
      tickets.add(ticket(random, tickets.size(), pick(random, customers)));
    }
    return new SampleData(List.copyOf(customers), List.copyOf(orders), List.copyOf(tickets));
  }

  /** The one customer that examples and documents may quote by value. */
  private static Customer johnDoe() {
    return new Customer(
        "C-1001",
        "acme",
        "John Doe",
        "john@example.com",
        "555-123-4567",
        "123-45-6789",
        "1234-5678-9012-3456",
        "Springfield",
        LocalDate.of(2019, 3, 14),
        "Prefers a call at (555) 123-4567 after 6 pm; invoices go to john@example.com.");
  }

  private static Customer customer(Random random, int index) {
    String first = pick(random, FIRST_NAMES);
    String last = pick(random, LAST_NAMES);
    String email =
        (first + '.' + last + index).toLowerCase(Locale.ROOT) + '@' + pick(random, DOMAINS);
    String phone = phone(random);
    return new Customer(
        "C-" + (1_001 + index),
        pick(random, TENANTS),
        first + " " + last,
        email,
        phone,
        ssn(random),
        cardNumber(random),
        pick(random, CITIES),
        TODAY.minusDays(random.nextInt(3_650)),
        pick(random, NOTES).replace("{phone}", phone).replace("{email}", email));
  }

  private static Order order(Random random, int index, Customer customer) {
    return new Order(
        "O-" + (50_001 + index),
        customer.tenant(),
        customer.id(),
        pick(random, Order.STATUSES),
        TODAY.minusDays(random.nextInt(730)),
        BigDecimal.valueOf(500 + random.nextInt(100_000), 2),
        trackingNumber(random));
  }

  private static Ticket ticket(Random random, int index, Customer customer) {
    int kind = random.nextInt(SUBJECTS.size());
    String body =
        BODIES
            .get(kind)
            .replace("{phone}", customer.phone())
            .replace("{email}", customer.email())
            .replace("{card}", customer.cardNumber())
            .replace("{ssn}", customer.ssn())
            .replace("{tracking}", trackingNumber(random))
            .replace("{city}", pick(random, CITIES));
    return new Ticket(
        "T-" + (7_001 + index),
        customer.tenant(),
        customer.id(),
        SUBJECTS.get(kind),
        body,
        TODAY.minusDays(random.nextInt(365)));
  }

  /** Area code 555 is not assigned to anybody. */
  private static String phone(Random random) {
    String area = random.nextBoolean() ? "(555) " : "555-";
    return area + digits(random, 3) + '-' + digits(random, 4);
  }

  /** Areas from 900 are never issued, and groups below 50 are not those of a taxpayer number. */
  private static String ssn(Random random) {
    int group = 10 + random.nextInt(40);
    return '9' + digits(random, 2) + '-' + group + '-' + digits(random, 4);
  }

  /** The check digit is one too high, so that it cannot be anybody's card. */
  private static String cardNumber(Random random) {
    String digits = '4' + digits(random, 14);
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(i) - '0';
      int weighted = i % 2 == 0 ? digit * 2 : digit;
      sum += weighted / 10 + weighted % 10;
    }
    digits += (10 - sum % 10 + 1) % 10;
    return String.join(
        "-",
        digits.substring(0, 4),
        digits.substring(4, 8),
        digits.substring(8, 12),
        digits.substring(12));
  }

  /** Long enough to hold a telephone or card number, and it is none. */
  private static String trackingNumber(Random random) {
    return "1Z" + digits(random, 3) + 'X' + digits(random, 12);
  }

  private static String digits(Random random, int count) {
    StringBuilder digits = new StringBuilder(count);
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  private static <T> T pick(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
