package io.mcpgovernor.pii;

import io.mcpgovernor.pii.check.Australia;
import io.mcpgovernor.pii.check.Belgium;
import io.mcpgovernor.pii.check.Bic;
import io.mcpgovernor.pii.check.Brazil;
import io.mcpgovernor.pii.check.Canada;
import io.mcpgovernor.pii.check.China;
import io.mcpgovernor.pii.check.Denmark;
import io.mcpgovernor.pii.check.Finland;
import io.mcpgovernor.pii.check.France;
import io.mcpgovernor.pii.check.Germany;
import io.mcpgovernor.pii.check.Imei;
import io.mcpgovernor.pii.check.India;
import io.mcpgovernor.pii.check.Italy;
import io.mcpgovernor.pii.check.Mexico;
import io.mcpgovernor.pii.check.Netherlands;
import io.mcpgovernor.pii.check.Norway;
import io.mcpgovernor.pii.check.Poland;
import io.mcpgovernor.pii.check.Singapore;
import io.mcpgovernor.pii.check.SouthAfrica;
import io.mcpgovernor.pii.check.SouthKorea;
import io.mcpgovernor.pii.check.Spain;
import io.mcpgovernor.pii.check.Sweden;
import io.mcpgovernor.pii.check.Switzerland;
import io.mcpgovernor.pii.check.Thailand;
import io.mcpgovernor.pii.check.Turkey;
import io.mcpgovernor.pii.check.UnitedKingdom;
import io.mcpgovernor.pii.check.UnitedStates;
import io.mcpgovernor.pii.check.Vin;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The table of built-in kinds, one row a kind: how it is called, what proves it, which words name
 * it, what stands in its place.
 *
 * <p>In shapes, {@code 9} is a digit, {@code A} a letter, {@code X} either, a space an optional
 * separator; see {@link Template}. Kinds without shapes have a grammar of their own and a class
 * that knows it.
 */
public final class Kinds {
  // While the rows below are made, in their order, each adds itself.
  private static final List<Kind> TABLE = new ArrayList<>();
  private static final List<KindRow> ROWS = new ArrayList<>();

  /** An e-mail address: {@code ***@***.com}, whatever the domain. */
  public static final Kind EMAIL =
      add(
          row("email", "EMAIL_ADDRESS")
              .normal(NormalForm.WORDS)
              .mask(Masks::email)
              .surrogate("masked@masked.invalid")
              .example("john.doe@example.com"));

  /**
   * A phone number: {@code (***) ***-4567} for {@code (555) 123-4567} and {@code 555-123-4567};
   * others keep their separators, {@code +** ** **** 0958}.
   */
  public static final Kind PHONE =
      add(
          row("phone", "PHONE_NUMBER")
              .normal(NormalForm.DIGITS)
              .words(
                  "phone phones telephone telephones tel mobile mobiles cell cellphone cellphones"
                      + " cellular fax faxes landline hotline handset msisdn whatsapp phonenumber"
                      + " phonenumbers phoneno phonenum mobilenumber mobileno mobilephone homephone"
                      + " workphone telno telnumber faxnumber faxno telefon telefono telefone"
                      + " telefoon movil celular")
              .mask(Masks::phone)
              .surrogate("000-000-0000", "+10000000000", "0000000000")
              .example("(555) 123-4567", "555-123-4567", "+44 20 7946 0958"));

  /** A US social security number, in any writing: {@code ***-**-6789}. */
  public static final Kind SSN =
      add(
          row("ssn", "US_SSN")
              .normal(NormalForm.DIGITS)
              .words("ssn ssns socialsecurity socialsecuritynumber socialsecurityno ssnumber")
              .phrases("social security")
              .mask(Masks::ssn)
              .surrogate("000-00-0000", "000000000")
              .example("123-45-6789", "SSN 123456789"));

  /** A payment card number, in any writing: {@code ****-****-****-3456}. */
  public static final Kind CARD =
      add(
          row("card", "CREDIT_CARD")
              .normal(NormalForm.DIGITS)
              .words(
                  "card cards creditcard creditcards debitcard cardnumber cardno cardnum ccnumber"
                      + " ccnum ccn cc visa mastercard amex maestro diners jcb unionpay")
              .mask(Masks::card)
              .surrogate("0000-0000-0000-0000", "0000000000000000")
              .example("1234-5678-9012-3456", "4111111111111111"));

  /** A US individual taxpayer identification number. */
  public static final Kind US_ITIN =
      add(
          row("us_itin", "US_ITIN")
              .check(UnitedStates::itin)
              .said("999 99 9999")
              .words("itin itins")
              .phrases("taxpayer identification", "individual taxpayer")
              .surrogate("000-00-0000")
              .example("ITIN 912-71-1234"));

  /** A US employer identification number. */
  public static final Kind US_EIN =
      add(
          row("us_ein", "US_EIN")
              .check(UnitedStates::ein)
              .said("99 9999999")
              .words("ein eins fein")
              .phrases("employer identification", "employer id", "federal tax")
              .surrogate("00-0000000")
              .example("EIN: 12-3456789"));

  /** An international bank account number (ISO 13616). */
  public static final Kind IBAN =
      add(
          row("iban", "IBAN_CODE")
              .said(
                  "AA99X{11,30}",
                  "AA99_XXXX_XXXX_XXXX_XXXX_XXXX_XXXX_X{1,4}",
                  "AA99_XXXX_XXXX_XXXX_XXXX_XXXX_X{1,4}",
                  "AA99_XXXX_XXXX_XXXX_XXXX_X{1,4}",
                  "AA99_XXXX_XXXX_XXXX_X{1,4}")
              .words("iban ibans")
              .surrogate("XX00000000000000000000")
              .example("DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819"));

  /** A bank's identifier code (ISO 9362), where it is named. */
  public static final Kind BIC =
      add(
          row("bic", "BIC_CODE")
              .check(Bic::code)
              .said("AAAAAAXX", "AAAAAAXXXXX")
              .words("bic bics swift swiftcode biccode")
              .phrases("swift code", "bank identifier")
              .whole()
              .mask(Masks::hidden)
              .surrogate("XXXXXXXX")
              .example("BIC: DEUTDEFF500"));

  /** A bank account number, where it is named. */
  public static final Kind BANK_ACCOUNT =
      add(
          row("bank_account", "US_BANK_NUMBER")
              .said("9{6,17}")
              .words("acct accountnumber accountno bankaccount acctno acctnum kontonummer")
              .phrases(
                  "account number",
                  "account no",
                  "account num",
                  "bank account",
                  "checking account",
                  "savings account",
                  "account nr")
              .surrogate("000000000")
              .example("account number: 000123456789"));

  /** A US bank routing number, where it is named. */
  public static final Kind ABA_ROUTING =
      add(
          row("aba_routing", "ABA_ROUTING_NUMBER")
              .check(UnitedStates::abaRouting)
              .said("999999999", "9999 9999 9")
              .words("routing aba rtn routingnumber abanumber")
              .phrases("routing number", "aba number", "routing transit")
              .surrogate("000000000")
              .example("routing number 021000021"));

  /** A hardware address of a network interface (EUI-48, EUI-64). */
  public static final Kind MAC_ADDRESS =
      add(
          row("mac_address", "MAC_ADDRESS")
              .mask(Masks::mac)
              .surrogate("00:00:00:00:00:00")
              .example("00:1b:44:11:3a:b7"));

  /** A date of birth, where it is named; other dates stay. */
  public static final Kind BIRTH_DATE =
      add(
          row("birth_date", "DATE_OF_BIRTH")
              .words(
                  "dob birthdate birthday birthdays birth born geburtsdatum naissance nacimiento")
              .phrases("date birth", "birth date")
              .mask(Masks::date)
              .surrogate("1900-01-01", "1900-01-01T00:00:00Z")
              .example("date of birth: 1985-04-12", "born 12/04/1985"));

  /** A passport number, where it is named. */
  public static final Kind PASSPORT =
      add(
          row("passport", "PASSPORT")
              .said("X{6,9}")
              .words("passport passports passportnumber passportno reisepass pasaporte passeport")
              .surrogate("X0000000")
              .example("passport: X1234567"));

  /** A driving licence number, where it is named. */
  public static final Kind DRIVER_LICENSE =
      add(
          row("driver_license", "US_DRIVER_LICENSE")
              .said(
                  "X{5,18}",
                  "9999 99 9999",
                  "A999 9999 9999",
                  "X{3,8}-X{4,8}-X{2,4}",
                  "X{1,5}-X{3,8}")
              .words(
                  "driverlicense driverslicense driverlicence driverslicence drivinglicence dl dln")
              .phrases(
                  "driver license",
                  "drivers license",
                  "driver licence",
                  "drivers licence",
                  "driving licence",
                  "driving license")
              .surrogate("X0000000")
              .example("driver's license number is F162823540116"));

  /** A British health service number. */
  public static final Kind UK_NHS =
      add(
          row("uk_nhs", "UK_NHS")
              .check(UnitedKingdom::nhs)
              .said("999 999 9999")
              .words("nhs nhsnumber nhsno")
              .phrases("health service")
              .surrogate("000 000 0000", "0000000000")
              .example("NHS number: 943 476 5919"));

  /** A British national insurance number. */
  public static final Kind UK_NINO =
      add(
          row("uk_nino", "UK_NINO")
              .check(UnitedKingdom::nino)
              .checked("AA 99 99 99 A")
              .said("AA 99 99 99 A")
              .words("nino nationalinsurance")
              .phrases("national insurance", "ni number")
              .surrogate("XX000000X")
              .example("AB 12 34 56 C"));

  /** A Canadian social insurance number. */
  public static final Kind CA_SIN =
      add(
          row("ca_sin", "CA_SIN")
              .check(Canada::sin)
              .said("999 999 999")
              .words("sin sinnumber")
              .phrases("social insurance")
              .surrogate("000-000-000")
              .example("SIN: 046 454 286"));

  /** An Indian Aadhaar number. */
  public static final Kind IN_AADHAAR =
      add(
          row("in_aadhaar", "IN_AADHAAR")
              .check(India::aadhaar)
              .checked("9999_9999_9999")
              .said("9999 9999 9999")
              .words("aadhaar aadhar uidai")
              .surrogate("0000 0000 0000")
              .example("Aadhaar 2341 2341 2346"));

  /** An Indian permanent account number. */
  public static final Kind IN_PAN =
      add(
          row("in_pan", "IN_PAN")
              .check(India::pan)
              .checked("AAAAA9999A")
              .said("AAAAA9999A")
              .words("pan pannumber pancard")
              .phrases("permanent account", "pan card")
              .surrogate("XXXXX0000X")
              .example("ABCPE1234F"));

  /** An Indian goods and services tax number, which holds a PAN. */
  public static final Kind IN_GSTIN =
      add(
          row("in_gstin", "IN_GSTIN")
              .check(India::gstin)
              .checked("99AAAAA9999AXAX")
              .said("99AAAAA9999AXAX")
              .words("gstin gst")
              .surrogate("00XXXXX0000X0X0")
              .example("27AAPFU0939F1ZV"));

  /** An Australian tax file number. */
  public static final Kind AU_TFN =
      add(
          row("au_tfn", "AU_TFN")
              .check(Australia::tfn)
              .said("999 999 999", "99 999 999")
              .words("tfn")
              .phrases("tax file")
              .surrogate("000 000 000")
              .example("TFN: 123 456 782"));

  /** An Australian Medicare card number. */
  public static final Kind AU_MEDICARE =
      add(
          row("au_medicare", "AU_MEDICARE")
              .check(Australia::medicare)
              .said("9999 99999 9", "9999 99999 9/9")
              .words("medicare")
              .surrogate("0000 00000 0")
              .example("Medicare 2123 45670 1"));

  /** A Singaporean identity card or work pass number. */
  public static final Kind SG_NRIC =
      add(
          row("sg_nric", "SG_NRIC_FIN")
              .check(Singapore::nric)
              .checked("A9999999A")
              .said("A9999999A")
              .words("nric fin")
              .surrogate("X0000000X")
              .example("S1234567D"));

  /** A Polish personal number. */
  public static final Kind PL_PESEL =
      add(
          row("pl_pesel", "PL_PESEL")
              .check(Poland::pesel)
              .said("99999999999")
              .words("pesel")
              .surrogate("00000000000")
              .example("PESEL 44051401359"));

  /** A Spanish tax number of a citizen (DNI). */
  public static final Kind ES_NIF =
      add(
          row("es_nif", "ES_NIF")
              .check(Spain::dni)
              .checked("99999999A", "99999999-A", "99.999.999-A")
              .said("99999999A", "99999999-A", "99.999.999-A", "99999999 A")
              .words("nif dni documento")
              .surrogate("00000000X")
              .example("12345678Z"));

  /** A Spanish number of a foreigner. */
  public static final Kind ES_NIE =
      add(
          row("es_nie", "ES_NIE")
              .check(Spain::nie)
              .checked("A9999999A", "A-9999999-A")
              .said("A9999999A", "A-9999999-A", "A 9999999 A")
              .words("nie")
              .surrogate("X0000000X")
              .example("X1234567L"));

  /** An Italian fiscal code. */
  public static final Kind IT_FISCAL_CODE =
      add(
          row("it_fiscal_code", "IT_FISCAL_CODE")
              .check(Italy::codiceFiscale)
              .checked("AAAAAAXXAXXAXXXA", "AAA AAA XXAXX AXXXA")
              .said("AAAAAAXXAXXAXXXA")
              .words("codicefiscale")
              .phrases("codice fiscale", "fiscal code")
              .surrogate("XXXXXX00X00X000X")
              .example("RSSMRA85T10A562S"));

  /** A Brazilian taxpayer number. */
  public static final Kind BR_CPF =
      add(
          row("br_cpf", "BR_CPF")
              .check(Brazil::cpf)
              .checked("999.999.999-99")
              .said("999.999.999-99", "999 999 999 99")
              .words("cpf")
              .surrogate("000.000.000-00")
              .example("529.982.247-25"));

  /** A Dutch citizen service number. */
  public static final Kind NL_BSN =
      add(
          row("nl_bsn", "NL_BSN")
              .check(Netherlands::bsn)
              .said("999999999", "9999 99 999", "999 999 999")
              .words("bsn burgerservicenummer sofinummer")
              .phrases("citizen service")
              .surrogate("000000000")
              .example("BSN 111222333"));

  /** A medical record number, where it is named. */
  public static final Kind MEDICAL_RECORD =
      add(
          row("medical_record", "MEDICAL_RECORD")
              .said(
                  "X{4,14}",
                  "A-9{4,12}",
                  "AA-9{4,12}",
                  "AAA-9{4,12}",
                  "9{2,5}-9{2,8}",
                  "9{2,5}-9{2,6}-9{2,6}")
              .words("mrn mrns patientid medicalrecord")
              .phrases(
                  "medical record",
                  "patient id",
                  "patient number",
                  "patient no",
                  "health record",
                  "chart number")
              .surrogate("00000000")
              .example("MRN: 00483920"));

  /** A US national provider identifier. */
  public static final Kind US_NPI =
      add(
          row("us_npi", "US_NPI")
              .check(UnitedStates::npi)
              .said("9999999999")
              .words("npi npis")
              .phrases("provider identifier", "national provider")
              .surrogate("0000000000")
              .example("NPI 1234567893"));

  /** A US Medicare beneficiary identifier. */
  public static final Kind US_MBI =
      add(
          row("us_mbi", "US_MBI")
              .check(UnitedStates::mbi)
              .checked("9AX9 AX9 AA99")
              .said("9AX9 AX9 AA99")
              .words("mbi mbis")
              .phrases(
                  "medicare beneficiary",
                  "medicare number",
                  "beneficiary id",
                  "beneficiary identifier",
                  "medicare id")
              .surrogate("0X00-X00-XX00")
              .example("1EG4-TE5-MK73"));

  /** A vehicle identification number (ISO 3779). */
  public static final Kind VIN =
      add(
          row("vin", "VIN")
              .check(Vin::number)
              .checked("XXXXXXXXXXXXXXXXX")
              .said("XXXXXXXXXXXXXXXXX")
              .words("vin vins fin chassis")
              .phrases("vehicle identification")
              .surrogate("00000000000000000")
              .example("1HGCM82633A004352"));

  /** A mobile device's number. */
  public static final Kind IMEI =
      add(
          row("imei", "IMEI")
              .check(Imei::number)
              .said("999999999999999", "99 999999 999999 9")
              .words("imei imeis")
              .surrogate("000000000000000")
              .example("IMEI: 490154203237518"));

  /** A wallet address of a cryptocurrency. */
  public static final Kind CRYPTO =
      add(
          row("crypto", "CRYPTO")
              .normal(NormalForm.EXACT)
              .mask(Masks::tail)
              .surrogate("0x0000000000000000000000000000000000000000")
              .example(
                  "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
                  "0x52908400098527886E0F7030069857D2E4169EE7"));

  /** User name and password in a URL. */
  public static final Kind URL_CREDENTIALS =
      add(
          row("url_credentials", "URL_CREDENTIALS")
              .normal(NormalForm.EXACT)
              .mask(Masks::credentials)
              .surrogate("masked:masked")
              .example("postgres://admin:s3cret@db.example.com/crm"));

  /** A signed or encrypted token (RFC 7519). */
  public static final Kind JWT =
      add(
          row("jwt", "JWT")
              .normal(NormalForm.EXACT)
              .mask(Masks::hidden)
              .surrogate("masked")
              .example(SecretExamples.jwt()));

  /** A private key in PEM (RFC 7468). */
  public static final Kind PRIVATE_KEY =
      add(
          row("private_key", "PRIVATE_KEY")
              .normal(NormalForm.EXACT)
              .mask(Masks::hidden)
              .surrogate("masked")
              .example(SecretExamples.privateKey()));

  /** An API key of a known provider, by its prefix. */
  public static final Kind API_KEY =
      add(
          row("api_key", "API_KEY")
              .normal(NormalForm.EXACT)
              .mask(Masks::hidden)
              .surrogate("masked")
              .example(SecretExamples.apiKey()));

  /** The value of a field or label that is called a secret. */
  public static final Kind SECRET =
      add(
          row("secret", "SECRET")
              .normal(NormalForm.EXACT)
              .words(
                  "password passwords passwd pwd passphrase passcode secret secrets apikey apikeys accesskey secretkey clientsecret privatekey accesstoken refreshtoken authtoken bearertoken sessiontoken idtoken credential credentials authorization bearer kennwort passwort contrasena")
              .phrases(
                  "api key",
                  "access key",
                  "secret key",
                  "client secret",
                  "private key",
                  "access token",
                  "refresh token",
                  "auth token",
                  "bearer token",
                  "session token",
                  "encryption key",
                  "signing key",
                  "account key",
                  "secret access",
                  "api token",
                  "api secret")
              .whole()
              .mask(Masks::hidden)
              .surrogate("masked")
              .example("password: hunter2!"));

  /** A Swedish personal number. */
  public static final Kind SE_PERSONNUMMER =
      add(
          row("se_personnummer", "SE_PERSONNUMMER")
              .check(Sweden::personnummer)
              .checked("999999-9999", "99999999-9999", "999999+9999")
              .said("9999999999", "999999999999", "999999-9999", "99999999-9999", "999999+9999")
              .words("personnummer samordningsnummer")
              .surrogate("000000-0000")
              .example("811228-9874"));

  /** A Finnish personal identity code. */
  public static final Kind FI_HETU =
      add(
          row("fi_hetu", "FI_PERSONAL_IDENTITY_CODE")
              .check(Finland::hetu)
              .checked("999999-999X", "999999+999X", "999999A999X")
              .said("999999-999X", "999999+999X", "999999A999X")
              .words("hetu henkilotunnus")
              .surrogate("000000-000X")
              .example("131052-308T"));

  /** A Norwegian birth number. */
  public static final Kind NO_FNR =
      add(
          row("no_fnr", "NO_FODSELSNUMMER")
              .check(Norway::fodselsnummer)
              .said("99999999999", "999999 99999")
              .words("fodselsnummer fnr personnummer")
              .surrogate("00000000000")
              .example("fodselsnummer 01010750160"));

  /** A Danish personal number. */
  public static final Kind DK_CPR =
      add(
          row("dk_cpr", "DK_CPR")
              .check(Denmark::cpr)
              .said("999999-9999", "9999999999")
              .words("cpr cprnummer")
              .surrogate("000000-0000")
              .example("CPR 070761-4285"));

  /** A German tax identification number. */
  public static final Kind DE_TAX_ID =
      add(
          row("de_tax_id", "DE_TAX_ID")
              .check(Germany::steuerId)
              .said("99999999999", "99 999 999 999")
              .words("steuerid steueridentifikationsnummer idnr steuernummer")
              .phrases("steuer id", "tax identification")
              .surrogate("00000000000")
              .example("Steuer-ID 86095742719"));

  /** A French social security number. */
  public static final Kind FR_NIR =
      add(
          row("fr_nir", "FR_NIR")
              .check(France::nir)
              .checked("9 99 99 XX 999 999 99")
              .said("9 99 99 XX 999 999 99")
              .words("nir insee")
              .phrases("securite sociale", "numero secu")
              .surrogate("000000000000000")
              .example("2 55 08 14 168 025 38"));

  /** A Belgian national register number. */
  public static final Kind BE_NRN =
      add(
          row("be_nrn", "BE_NRN")
              .check(Belgium::nationalNumber)
              .checked("99.99.99-999.99")
              .said("99.99.99-999.99", "99999999999")
              .words("rijksregisternummer nrn insz niss")
              .phrases("national register", "registre national")
              .surrogate("00.00.00-000.00")
              .example("85.07.30-033.28"));

  /** A Swiss social security number. */
  public static final Kind CH_AHV =
      add(
          row("ch_ahv", "CH_AHV")
              .check(Switzerland::ahv)
              .checked("999.9999.9999.99")
              .said("999.9999.9999.99", "9999999999999")
              .words("ahv avs ahvnummer")
              .surrogate("000.0000.0000.00")
              .example("756.9217.0769.85"));

  /** A Turkish identity number. */
  public static final Kind TR_TCKN =
      add(
          row("tr_tckn", "TR_NATIONAL_ID")
              .check(Turkey::tckn)
              .said("99999999999")
              .words("tckn kimlik tcno")
              .phrases("tc kimlik", "tc no")
              .surrogate("00000000000")
              .example("TCKN 10000000146"));

  /** A Thai national identity number. */
  public static final Kind TH_TNIN =
      add(
          row("th_tnin", "TH_TNIN")
              .check(Thailand::nationalId)
              .checked("9-9999-99999-99-9")
              .said("9-9999-99999-99-9", "9999999999999", "9 9999 99999 99 9")
              .words("tnin")
              .phrases("thai id", "national id")
              .surrogate("0000000000000")
              .example("1-1017-00230-70-8"));

  /** A South Korean resident registration number. */
  public static final Kind KR_RRN =
      add(
          row("kr_rrn", "KR_RRN")
              .check(SouthKorea::rrn)
              .checked("999999-9999999")
              .said("999999-9999999", "9999999999999")
              .words("rrn")
              .phrases("resident registration")
              .surrogate("000000-0000000")
              .example("RRN 900101-1234568"));

  /** A Chinese resident identity number. */
  public static final Kind CN_ID =
      add(
          row("cn_id", "CN_RESIDENT_ID")
              .check(China::residentId)
              .checked("99999999999999999X")
              .said("99999999999999999X")
              .words("shenfenzheng")
              .phrases("resident identity", "identity card", "id card")
              .surrogate("000000000000000000")
              .example("11010519491231002X"));

  /** A South African identity number. */
  public static final Kind ZA_ID =
      add(
          row("za_id", "ZA_ID")
              .check(SouthAfrica::identityNumber)
              .said("9999999999999", "999999 9999 999")
              .words("rsaid")
              .phrases("id number", "identity number", "south african")
              .surrogate("0000000000000")
              .example("ID number 8001015009087"));

  /** A Mexican population registry code. */
  public static final Kind MX_CURP =
      add(
          row("mx_curp", "MX_CURP")
              .check(Mexico::curp)
              .checked("AAAA999999AAAAAAXX")
              .said("AAAA999999AAAAAAXX")
              .words("curp")
              .surrogate("XXXX000000XXXXXX00")
              .example("BOXW310820HNERXN09"));

  /** A person's name, where a field, label or salutation says so. Off by default. */
  public static final Kind PERSON =
      add(
          row("person", "PERSON")
              .normal(NormalForm.WORDS)
              .words(
                  "firstname lastname fullname surname forename givenname familyname nachname vorname apellido nombre")
              .phrases(
                  "first name",
                  "last name",
                  "full name",
                  "given name",
                  "family name",
                  "customer name",
                  "patient name",
                  "contact name",
                  "middle name",
                  "cardholder name",
                  "holder name",
                  "employee name")
              .off()
              .whole()
              .mask(Masks::column)
              .surrogate("masked")
              .example("full name: Jane Doe", "Dear Mrs. Miller"));

  /**
   * A street address, where a field or label says so, or a house number and a street name. Off by
   * default.
   */
  public static final Kind STREET_ADDRESS =
      add(
          row("street_address", "STREET_ADDRESS")
              .normal(NormalForm.WORDS)
              .words("street streets streetaddress addressline homeaddress postaladdress strasse")
              .phrases(
                  "street address",
                  "home address",
                  "postal address",
                  "mailing address",
                  "billing address",
                  "shipping address",
                  "address line",
                  "delivery address")
              .off()
              .whole()
              .mask(Masks::column)
              .surrogate("masked")
              .example("12 Main Street", "home address: 5 Rue de Rivoli, Paris"));

  /** An IP address, version 4 or 6. Off by default. */
  public static final Kind IP_ADDRESS =
      add(
          row("ip_address", "IP_ADDRESS")
              .normal(NormalForm.WORDS)
              .off()
              .mask(Masks::ip)
              .surrogate("0.0.0.0", "::")
              .example("203.0.113.7", "2001:db8::8a2e:370:7334"));

  /** Whatever stands under a field that a column rule covers; no detector finds it. */
  static final Kind COLUMN = new Kind("column", Masks::column);

  private Kinds() {}

  /** The whole table, in its order. */
  public static List<Kind> all() {
    return Collections.unmodifiableList(TABLE);
  }

  /** The kinds that are masked unless somebody chooses otherwise. */
  public static List<Kind> defaults() {
    return TABLE.stream().filter(Kind::isDefault).toList();
  }

  /** The kind of this name, {@code email}, or type, {@code EMAIL_ADDRESS}, whatever its case. */
  public static Optional<Kind> named(String name) {
    return TABLE.stream()
        .filter(kind -> kind.name().equalsIgnoreCase(name) || kind.type().equalsIgnoreCase(name))
        .findFirst();
  }

  /** The built-in kind with this index. */
  static Kind at(int index) {
    return TABLE.get(index);
  }

  /** The row behind a built-in kind. */
  static KindRow row(Kind kind) {
    return ROWS.get(kind.index());
  }

  private static KindRow row(String name, String type) {
    return new KindRow(name, type);
  }

  private static Kind add(KindRow row) {
    if (TABLE.size() == Cue.KINDS_MAX) {
      throw new IllegalStateException("a cue has no bit for one more kind: " + row.name);
    }
    Kind kind = new Kind(row, TABLE.size());
    TABLE.add(kind);
    ROWS.add(row);
    return kind;
  }
}
