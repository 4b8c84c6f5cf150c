package io.mcpgovernor.pii.check;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/** A check and a number that passes it, published as an example or made up. */
record Sample(String name, Check check, String valid) {

  static boolean passes(Check check, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return check.passes(bytes, 0, bytes.length);
  }

  /** Every check there is. */
  static List<Sample> all() {
    return List.of(
        new Sample("Luhn", Luhn::passes, "79927398713"),
        new Sample("Verhoeff", Verhoeff::passes, "2363"),
        new Sample("PaymentCard", PaymentCard::number, "4111111111111111"),
        new Sample("Iban", Iban::number, "GB29NWBK60161331926819"),
        new Sample("Bic", Bic::code, "DEUTDEFF500"),
        new Sample("ssn", UnitedStates::ssn, "123456789"),
        new Sample("itin", UnitedStates::itin, "900700000"),
        new Sample("ein", UnitedStates::ein, "121234567"),
        new Sample("abaRouting", UnitedStates::abaRouting, "121000358"),
        new Sample("npi", UnitedStates::npi, "1234567893"),
        new Sample("mbi", UnitedStates::mbi, "1EG4TE5MK73"),
        new Sample("dea", UnitedStates::dea, "AB1234563"),
        new Sample("nhs", UnitedKingdom::nhs, "9434765919"),
        new Sample("nino", UnitedKingdom::nino, "AB123456C"),
        new Sample("utr", UnitedKingdom::utr, "1955839661"),
        new Sample("sin", Canada::sin, "130692544"),
        new Sample("aadhaar", India::aadhaar, "234123412346"),
        new Sample("pan", India::pan, "ABCPD1234Z"),
        new Sample("gstin", India::gstin, "27AAPFU0939F1ZV"),
        new Sample("tfn", Australia::tfn, "123456782"),
        new Sample("abn", Australia::abn, "51824753556"),
        new Sample("medicare", Australia::medicare, "2428778132"),
        new Sample("nric", Singapore::nric, "S1234567D"),
        new Sample("pesel", Poland::pesel, "44051401359"),
        new Sample("dni", Spain::dni, "12345678Z"),
        new Sample("nie", Spain::nie, "X1234567L"),
        new Sample("codiceFiscale", Italy::codiceFiscale, "RCCMNL83S18D969H"),
        new Sample("cpf", Brazil::cpf, "11144477735"),
        new Sample("cnpj", Brazil::cnpj, "11222333000181"),
        new Sample("bsn", Netherlands::bsn, "111222333"),
        new Sample("personnummer", Sweden::personnummer, "6408233234"),
        new Sample("hetu", Finland::hetu, "131052-308T"),
        new Sample("fodselsnummer", Norway::fodselsnummer, "09053426694"),
        new Sample("cpr", Denmark::cpr, "2110625629"),
        new Sample("steuerId", Germany::steuerId, "86095742719"),
        new Sample("nir", France::nir, "295109912611193"),
        new Sample("nationalNumber", Belgium::nationalNumber, "85073003328"),
        new Sample("ahv", Switzerland::ahv, "7569217076985"),
        new Sample("tckn", Turkey::tckn, "10000000146"),
        new Sample("thailand", Thailand::nationalId, "1234567890121"),
        new Sample("rrn", SouthKorea::rrn, "9601211021413"),
        new Sample("southAfrica", SouthAfrica::identityNumber, "8001015009087"),
        new Sample("residentId", China::residentId, "11010519491231002X"),
        new Sample("curp", Mexico::curp, "BOXW310820HNERXN09"),
        new Sample("myNumber", Japan::myNumber, "123456789018"),
        new Sample("teudatZehut", Israel::teudatZehut, "123456782"),
        new Sample("nif", Portugal::nif, "123456789"),
        new Sample("pps", Ireland::pps, "6433435F"),
        new Sample("rut", Chile::rut, "125319092"),
        new Sample("cuit", Argentina::cuit, "20055361682"),
        new Sample("hkid", HongKong::hkid, "A1234563"),
        new Sample("taiwan", Taiwan::nationalId, "A123456789"),
        new Sample("Vin", Vin::number, "1M8GDM9AXKP042788"),
        new Sample("Imei", Imei::number, "490154203237518"),
        new Sample("base58", Bitcoin::base58Address, "1MUz4VMYui5qY1mxUiG8BQ1Luv6tqkvaiL"),
        new Sample("segwit", Bitcoin::segwitAddress, "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),
        new Sample("bitcoin", Bitcoin::address, "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy"),
        new Sample("ethereum", Ethereum::address, "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
  }

  @Override
  public String toString() {
    return name;
  }
}
