package io.mcpgovernor.bench.accuracy;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The kinds of PII that are judged: how they are made and how people introduce them. */
@SuppressWarnings("ImmutableEnumChecker") // lambdas without state, lists that are copies
public enum PiiType {
  /** An e-mail address. */
  EMAIL_ADDRESS(
      PeopleAndThings::email,
      "email|contact_email|billing_email|reply_to|user_mail|email_address",
      "E-mail|Email address|Contact e-mail",
      "You can reach me at {}.|Please send the receipt to {}, thanks.|Mail to {} bounced twice."
          + "|{} is the address on file.|She wrote from {} on Monday."),
  /** A phone number. */
  PHONE_NUMBER(
      Phones::any,
      "phone|mobile|phone_number|contact_phone|fax|home_phone|work_phone|tel",
      "Phone|Mobile|Tel.|Fax|Phone number",
      "Call me on {}.|My phone number is {}.|You can reach her by phone: {}."
          + "|Mobile: {} (after six).|Please ring {} when the driver is near, that is my cell."),
  /** A US social security number. */
  US_SSN(
      IdentityNumbers::ssn,
      "ssn|social_security_number|social_security|customer_ssn",
      "SSN|Social Security Number",
      "My SSN is {}.|The social security number on the form reads {}.|SSN {} was rejected."),
  /** A payment card. */
  CREDIT_CARD(
      MoneyNumbers::card,
      "card_number|credit_card|pan|cc_number|payment_card",
      "Card number|Credit card|Card",
      "I paid with card {}.|The card {} was declined.|Please charge my credit card {}."
          + "|She read her card number aloud: {}."),
  /** An international bank account number. */
  IBAN_CODE(
      MoneyNumbers::iban,
      "iban|bank_iban|payout_iban|account_iban",
      "IBAN|Account (IBAN)",
      "Please transfer it to {}.|Our IBAN is {}.|The refund went to IBAN {} yesterday."),
  /** An address of the Internet Protocol; off by default. */
  IP_ADDRESS(
      PeopleAndThings::ip,
      "client_ip|ip_address|remote_addr|last_login_ip",
      "IP address|Client IP",
      "The login came from {}.|Requests from IP address {} were blocked."),
  /** A US taxpayer number of people without SSN. */
  US_ITIN(
      IdentityNumbers::itin,
      "itin|taxpayer_itin|us_itin",
      "ITIN|Taxpayer ID (ITIN)",
      "My ITIN is {}.|He files taxes under ITIN {}."),
  /** A US employer's number. */
  US_EIN(
      IdentityNumbers::ein,
      "ein|employer_identification_number|fein",
      "EIN|Employer Identification Number",
      "Our EIN is {}.|The employer identification number {} is on the W-9."),
  /** A bank's code. */
  BIC_CODE(
      MoneyNumbers::bic,
      "bic|swift_code|bic_code|swift",
      "BIC|SWIFT code|BIC/SWIFT",
      "The BIC is {}.|Use SWIFT code {} for wires."),
  /** An account at a US bank. */
  US_BANK_NUMBER(
      MoneyNumbers::account,
      "account_number|bank_account_number|bank_account|checking_account_number",
      "Account number|Bank account|Checking account no.",
      "My bank account number is {}.|Deposit it to checking account {}, please."),
  /** Which US bank. */
  ABA_ROUTING_NUMBER(
      MoneyNumbers::routing,
      "routing_number|aba_routing|aba|bank_routing_number",
      "Routing number|ABA routing",
      "The routing number is {}.|ABA routing {} belongs to the branch."),
  /** The address of a network card. */
  MAC_ADDRESS(
      PeopleAndThings::mac,
      "mac_address|device_mac|mac|hw_addr",
      "MAC|MAC address",
      "The laptop's MAC address is {}.|Device {} (MAC) left the network."),
  /** When somebody was born. */
  DATE_OF_BIRTH(
      PeopleAndThings::birthday,
      "date_of_birth|dob|birth_date|birthday",
      "Date of birth|DOB|Born",
      "My date of birth is {}.|The patient, born {}, was admitted.|DOB {} does not match."),
  /** A passport. */
  PASSPORT(
      PeopleAndThings::passport,
      "passport_number|passport_no|passport",
      "Passport|Passport no.",
      "My passport number is {}.|Passport {} expires soon."),
  /** A driver's licence, not only of the US. */
  US_DRIVER_LICENSE(
      PeopleAndThings::driverLicense,
      "driver_license|drivers_license_number|driving_licence|dl_number",
      "Driver's license|Driving licence no.",
      "My driver's license number is {}.|He showed driving licence {}."),
  /** A number of the British health service. */
  UK_NHS(
      IdentityNumbers::nhs,
      "nhs_number|nhs|nhs_no",
      "NHS number|NHS No",
      "Her NHS number is {}.|The GP quoted NHS no. {}."),
  /** A British national insurance number. */
  UK_NINO(
      IdentityNumbers::nino,
      "nino|national_insurance_number|ni_number",
      "NI number|National Insurance",
      "My national insurance number is {}.|NINO {} is on the payslip."),
  /** A Canadian social insurance number. */
  CA_SIN(
      IdentityNumbers::sin,
      "sin|social_insurance_number|ca_sin",
      "SIN|Social Insurance Number",
      "My SIN is {}.|The social insurance number {} is Canadian."),
  /** An Indian identity number. */
  IN_AADHAAR(
      IdentityNumbers::aadhaar,
      "aadhaar|aadhaar_number|aadhar_no",
      "Aadhaar|Aadhaar No",
      "My Aadhaar is {}.|Aadhaar number {} was verified."),
  /** An Indian tax account. */
  IN_PAN(
      IdentityNumbers::pan,
      "pan_number|pan_card|permanent_account_number",
      "PAN|PAN card",
      "My PAN card is {}.|The PAN for TDS is {}."),
  /** An Australian tax file number. */
  AU_TFN(
      IdentityNumbers::tfn,
      "tfn|tax_file_number",
      "TFN|Tax File Number",
      "My tax file number is {}.|TFN {} was lodged."),
  /** An identity number of Singapore. */
  SG_NRIC_FIN(
      IdentityNumbers::nric,
      "nric|nric_fin|fin_number",
      "NRIC|NRIC/FIN",
      "My NRIC is {}.|The NRIC {} was copied at the desk."),
  /** A Polish identity number. */
  PL_PESEL(
      IdentityNumbers::pesel,
      "pesel|pesel_number|nr_pesel",
      "PESEL|Nr PESEL",
      "My PESEL is {}.|PESEL {} stands on the contract."),
  /** A Spanish identity number. */
  ES_NIF(
      IdentityNumbers::nif,
      "nif|dni|dni_number",
      "NIF|DNI",
      "My DNI is {}.|The NIF {} is on the lease."),
  /** A Spanish number of foreigners. */
  ES_NIE(
      IdentityNumbers::nie,
      "nie|nie_number",
      "NIE|Número NIE",
      "My NIE is {}.|He got his NIE {} in March."),
  /** An Italian tax code. */
  IT_FISCAL_CODE(
      IdentityNumbers::fiscalCode,
      "codice_fiscale|fiscal_code|cod_fiscale",
      "Codice fiscale|Fiscal code",
      "My codice fiscale is {}.|The fiscal code {} is on the bill."),
  /** A Brazilian tax number. */
  BR_CPF(
      IdentityNumbers::cpf,
      "cpf|cpf_number|numero_cpf",
      "CPF|Nº CPF",
      "My CPF is {}.|CPF {} is on the nota."),
  /** A Dutch identity number. */
  NL_BSN(
      IdentityNumbers::bsn,
      "bsn|burgerservicenummer|bsn_number",
      "BSN|Burgerservicenummer",
      "My BSN is {}.|BSN {} is needed for the payroll."),
  /** A patient's number. */
  MEDICAL_RECORD(
      PeopleAndThings::medicalRecord,
      "medical_record_number|mrn|patient_mrn",
      "MRN|Medical record no.",
      "The medical record number is {}.|Chart for MRN {} was updated."),
  /** A US health provider. */
  US_NPI(
      IdentityNumbers::npi,
      "npi|provider_npi|npi_number",
      "NPI|Provider NPI",
      "The provider's NPI is {}.|NPI {} referred the patient."),
  /** A US Medicare beneficiary. */
  US_MBI(
      IdentityNumbers::mbi,
      "mbi|medicare_number|medicare_beneficiary_id",
      "MBI|Medicare number",
      "My Medicare number is {}.|The MBI {} was copied from the card."),
  /** A vehicle. */
  VIN(
      PeopleAndThings::vin,
      "vin|vehicle_vin|chassis_vin",
      "VIN|Vehicle (VIN)",
      "The car's VIN is {}.|VIN {} was recalled."),
  /** A mobile phone. */
  IMEI(
      PeopleAndThings::imei,
      "imei|device_imei|imei_number",
      "IMEI|IMEI no.",
      "The phone's IMEI is {}.|IMEI {} was reported stolen."),
  /** Where crypto money is. */
  CRYPTO(
      Credentials::wallet,
      "wallet_address|btc_address|wallet|payout_wallet",
      "Wallet|Wallet address",
      "Send the coins to {}.|Her wallet address is {}."),
  /** User and password in a URL. */
  URL_CREDENTIALS(
      Credentials::userAndPassword,
      "database_url|broker_url|dsn|connection_string",
      "Connection|Database URL",
      "It connects to {} at night.|The DSN was {} in the old file."),
  /** A signed token. */
  JWT(
      Credentials::jwt,
      "jwt|id_token|access_token|bearer",
      "Token|Access token",
      "The browser sent {} again.|My token is {}."),
  /** A private key. */
  PRIVATE_KEY(
      Credentials::privateKey,
      "private_key|tls_key|ssh_private_key",
      "Private key|Key file",
      "Somebody pasted this key:\n{}\nRotate it.|The file holds\n{}\nand nothing else."),
  /** A key of an API. */
  API_KEY(
      Credentials::apiKey,
      "api_key|service_key|integration_key|api_token",
      "API key|Key",
      "The key {} was in the repository.|I use API key {} for that.|{} leaked, please revoke it."),
  /** A password and the like. */
  SECRET(
      Credentials::secret,
      "password|client_secret|db_password|passwd|user_password",
      "Password|Client secret",
      "password: {}|My password is {}"),
  /** A person's name; off by default. */
  PERSON(
      PeopleAndThings::person,
      "full_name|customer_name|contact_name|account_holder",
      "Name|Full name|Contact",
      "My name is {}.|Dr. {} signed the form.|Dear {},|Please ask {} about it."),
  /** Where somebody lives; off by default. */
  STREET_ADDRESS(
      PeopleAndThings::street,
      "street_address|address_line_1|street|billing_street",
      "Street|Street address|Address",
      "I live at {}.|Please deliver it to {}.");

  private final Function<Dice, String> maker;
  private final Wording wording;

  PiiType(Function<Dice, String> maker, String keys, String labels, String sentences) {
    this.maker = maker;
    this.wording = Wording.of(keys, labels, sentences);
  }

  /** All but those that detectors have off unless told otherwise: names, streets, IP addresses. */
  public static Set<String> onByDefault() {
    return names(EnumSet.complementOf(EnumSet.of(IP_ADDRESS, PERSON, STREET_ADDRESS)));
  }

  /** Every type by name. */
  public static Set<String> all() {
    return names(EnumSet.allOf(PiiType.class));
  }

  private static Set<String> names(EnumSet<PiiType> types) {
    return types.stream()
        .map(Enum::name)
        .collect(Collectors.toCollection(java.util.LinkedHashSet::new));
  }

  Wording wording() {
    return wording;
  }

  /** A new value of this type, ready for any place. */
  Marked make(Dice dice) {
    Marked value = Marked.pii(this, maker.apply(dice));
    if (this != URL_CREDENTIALS) {
      return value;
    }
    String scheme = dice.of("postgres", "amqp", "https", "mongodb+srv", "redis");
    return value.within(
        scheme + "://{}@" + dice.of("db.internal:5432/crm", "mq-1.example.net/v", "host/0"));
  }

  /** Whether its values are written with dashes, spaces and letters that can be written oddly. */
  boolean hasTellingForm() {
    return switch (this) {
      case EMAIL_ADDRESS, US_SSN, CREDIT_CARD, IBAN_CODE, PHONE_NUMBER -> true;
      default -> false;
    };
  }

  /** Whether its values stand on one line and hold no quotes, so that they fit into a log line. */
  boolean fitsALine() {
    return this != PRIVATE_KEY;
  }
}
