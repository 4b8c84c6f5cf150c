package io.mcpgovernor.pii.token;

import static io.mcpgovernor.pii.token.Alphabet.BASE32;
import static io.mcpgovernor.pii.token.Alphabet.BASE62;
import static io.mcpgovernor.pii.token.Alphabet.BASE62_DASH;
import static io.mcpgovernor.pii.token.Alphabet.BASE62_UNDERSCORE;
import static io.mcpgovernor.pii.token.Alphabet.BASE64;
import static io.mcpgovernor.pii.token.Alphabet.BASE64_PERCENT;
import static io.mcpgovernor.pii.token.Alphabet.BASE64_URL;
import static io.mcpgovernor.pii.token.Alphabet.BASE64_URL_DOT;
import static io.mcpgovernor.pii.token.Alphabet.BASE64_URL_PADDED;
import static io.mcpgovernor.pii.token.Alphabet.BASE64_URL_PADDED_DOT;
import static io.mcpgovernor.pii.token.Alphabet.BASE64_URL_PERCENT;
import static io.mcpgovernor.pii.token.Alphabet.BECH32;
import static io.mcpgovernor.pii.token.Alphabet.DIGITS;
import static io.mcpgovernor.pii.token.Alphabet.HEX;
import static io.mcpgovernor.pii.token.Alphabet.HEX_ANY_CASE;
import static io.mcpgovernor.pii.token.Alphabet.LOWER_AND_DIGITS;
import static io.mcpgovernor.pii.token.Alphabet.UPPER_AND_DIGITS;
import static io.mcpgovernor.pii.token.KeyCheck.CHECKSUM;
import static io.mcpgovernor.pii.token.KeyCheck.MIXED;
import static io.mcpgovernor.pii.token.KeyCheck.NONE;
import static io.mcpgovernor.pii.token.KeyCheck.VARIED;
import static io.mcpgovernor.pii.token.KeyForm.UNBOUNDED;

import java.util.List;

/**
 * The types of keys that are known by their prefix, one row each: provider, prefix, characters,
 * least and most of them, check.
 *
 * <p>Lengths are as documented or as seen in real keys, and wider where providers change them:
 * behind a prefix, a mask too many costs less than a key that slips through. Where several forms
 * share a prefix, the first that fits decides.
 */
final class KeyForms {
  static final List<KeyForm> ALL =
      List.of(
          KeyForm.of("AWS", "AKIA", BASE32, 16, 16, NONE),
          KeyForm.of("AWS", "ASIA", BASE32, 16, 16, NONE),
          KeyForm.of("AWS", "ABIA", BASE32, 16, 16, NONE),
          KeyForm.of("AWS", "ACCA", BASE32, 16, 16, NONE),
          KeyForm.of("AWS Bedrock", "ABSK", BASE64, 100, 280, MIXED),
          KeyForm.of("GitHub", "ghp_", BASE62, 36, 251, CHECKSUM),
          KeyForm.of("GitHub", "gho_", BASE62, 36, 251, CHECKSUM),
          KeyForm.of("GitHub", "ghu_", BASE62, 36, 251, CHECKSUM),
          KeyForm.of("GitHub", "ghs_", BASE62, 36, 251, CHECKSUM),
          KeyForm.of("GitHub", "ghr_", BASE62, 36, 251, CHECKSUM),
          KeyForm.of("GitHub", "github_pat_", BASE62_UNDERSCORE, 50, 251, VARIED),
          KeyForm.of("GitLab", "glpat-", BASE64_URL_DOT, 20, 320, VARIED),
          KeyForm.of("GitLab", "gldt-", BASE64_URL_DOT, 20, 320, VARIED),
          KeyForm.of("GitLab", "glrt-", BASE64_URL_DOT, 20, 320, VARIED),
          KeyForm.of("GitLab", "glcbt-", BASE64_URL_DOT, 20, 320, VARIED),
          KeyForm.of("GitLab", "glptt-", BASE64_URL_DOT, 20, 320, VARIED),
          KeyForm.of("GitLab", "glft-", BASE64_URL_DOT, 20, 320, VARIED),
          KeyForm.of("GitLab", "glimt-", BASE64_URL_DOT, 20, 320, VARIED),
          KeyForm.of("GitLab", "glagent-", BASE64_URL_DOT, 20, 320, VARIED),
          KeyForm.of("GitLab", "gloas-", BASE64_URL_DOT, 20, 320, VARIED),
          KeyForm.of("GitLab", "glsoat-", BASE64_URL_DOT, 20, 320, VARIED),
          KeyForm.of("GitLab", "glffct-", BASE64_URL_DOT, 20, 320, VARIED),
          KeyForm.of("GitLab", "GR1348941", BASE64_URL, 20, 40, NONE),
          KeyForm.of("Slack", "xoxb-", BASE62_DASH, 16, 400, VARIED),
          KeyForm.of("Slack", "xoxp-", BASE62_DASH, 16, 400, VARIED),
          KeyForm.of("Slack", "xoxa-", BASE62_DASH, 16, 400, VARIED),
          KeyForm.of("Slack", "xoxr-", BASE62_DASH, 16, 400, VARIED),
          KeyForm.of("Slack", "xoxs-", BASE62_DASH, 16, 400, VARIED),
          KeyForm.of("Slack", "xoxo-", BASE62_DASH, 16, 400, VARIED),
          KeyForm.of("Slack", "xoxc-", BASE62_DASH, 16, 400, VARIED),
          KeyForm.of("Slack", "xoxe-", BASE62_DASH, 16, 400, VARIED),
          KeyForm.of("Slack", "xapp-", BASE62_DASH, 16, 400, VARIED),
          KeyForm.of("Slack", "xoxe.xoxb-", BASE62_DASH, 16, 400, VARIED),
          KeyForm.of("Slack", "xoxe.xoxp-", BASE62_DASH, 16, 400, VARIED),
          KeyForm.of("Slack", "xoxd-", BASE64_URL_PERCENT, 20, 400, VARIED),
          KeyForm.of("Slack webhook", "services/T", UPPER_AND_DIGITS, 7, 15, VARIED)
              .then("/B", UPPER_AND_DIGITS, 7, 15)
              .then("/", BASE62, 20, 32),
          KeyForm.of("Stripe", "sk_live_", BASE62, 16, 255, VARIED),
          KeyForm.of("Stripe", "sk_test_", BASE62, 16, 255, VARIED),
          KeyForm.of("Stripe", "rk_live_", BASE62, 16, 255, VARIED),
          KeyForm.of("Stripe", "rk_test_", BASE62, 16, 255, VARIED),
          KeyForm.of("Stripe", "pk_live_", BASE62, 16, 255, VARIED),
          KeyForm.of("Stripe", "sk_prod_", BASE62, 16, 255, VARIED),
          KeyForm.of("Stripe", "rk_prod_", BASE62, 16, 255, VARIED),
          KeyForm.of("Stripe webhook", "whsec_", BASE64, 24, 100, VARIED),
          KeyForm.of("Google", "AIza", BASE64_URL, 35, 35, NONE),
          KeyForm.of("Google OAuth", "ya29.", BASE64_URL_DOT, 30, UNBOUNDED, VARIED),
          KeyForm.of("Google OAuth client", "GOCSPX-", BASE64_URL, 24, 40, NONE),
          KeyForm.of("OpenAI", "sk-proj-", BASE64_URL, 32, 255, VARIED),
          KeyForm.of("OpenAI", "sk-svcacct-", BASE64_URL, 32, 255, VARIED),
          KeyForm.of("OpenAI", "sk-admin-", BASE64_URL, 32, 255, VARIED),
          KeyForm.of("OpenAI", "sk-", BASE62, 32, 128, VARIED),
          KeyForm.of("Anthropic", "sk-ant-", BASE64_URL, 32, 255, VARIED),
          KeyForm.of("OpenRouter", "sk-or-v1-", HEX, 64, 64, NONE),
          KeyForm.of("SendGrid", "SG.", BASE64_URL, 16, 32, VARIED).then(".", BASE64_URL, 32, 64),
          KeyForm.of("Twilio", "AC", HEX, 32, 32, VARIED),
          KeyForm.of("Twilio", "SK", HEX, 32, 32, VARIED),
          KeyForm.of("Mailgun", "key-", HEX, 32, 32, VARIED),
          KeyForm.of("Mailgun", "pubkey-", HEX, 32, 32, VARIED),
          KeyForm.of("npm", "npm_", BASE62, 36, 36, CHECKSUM),
          KeyForm.of("PyPI", "pypi-AgE", BASE64_URL, 50, UNBOUNDED, VARIED),
          KeyForm.of("Hugging Face", "hf_", BASE62, 30, 48, NONE),
          KeyForm.of("Hugging Face", "api_org_", BASE62, 30, 48, NONE),
          KeyForm.of("DigitalOcean", "dop_v1_", HEX, 64, 64, NONE),
          KeyForm.of("DigitalOcean", "doo_v1_", HEX, 64, 64, NONE),
          KeyForm.of("DigitalOcean", "dor_v1_", HEX, 64, 64, NONE),
          KeyForm.of("Shopify", "shpat_", HEX_ANY_CASE, 32, 32, NONE),
          KeyForm.of("Shopify", "shpca_", HEX_ANY_CASE, 32, 32, NONE),
          KeyForm.of("Shopify", "shppa_", HEX_ANY_CASE, 32, 32, NONE),
          KeyForm.of("Shopify", "shpss_", HEX_ANY_CASE, 32, 32, NONE),
          KeyForm.of("Shopify", "shptka_", HEX_ANY_CASE, 32, 32, NONE),
          KeyForm.of("Square", "sq0atp-", BASE64_URL, 22, 60, NONE),
          KeyForm.of("Square", "sq0csp-", BASE64_URL, 40, 60, NONE),
          KeyForm.of("Square", "EAAA", BASE64_URL, 56, 64, MIXED),
          KeyForm.of("Facebook", "EAA", BASE62, 90, UNBOUNDED, MIXED),
          KeyForm.of("Databricks", "dapi", HEX, 32, 32, NONE).then("-", DIGITS, 1, 2),
          KeyForm.of("Databricks", "dapi", HEX, 32, 32, NONE),
          KeyForm.of("Azure Storage", "AccountKey=", BASE64, 86, 88, MIXED),
          KeyForm.of("Azure shared access", "sig=", BASE64_PERCENT, 43, 64, MIXED),
          KeyForm.of("Atlassian", "ATATT3", BASE64_URL_PADDED, 100, 300, MIXED),
          KeyForm.of("Linear", "lin_api_", BASE62, 32, 64, VARIED),
          KeyForm.of("Linear", "lin_oauth_", BASE62, 32, 80, VARIED),
          KeyForm.of("Notion", "ntn_", BASE62, 40, 64, VARIED),
          KeyForm.of("Notion", "secret_", BASE62, 43, 43, VARIED),
          KeyForm.of("Figma", "figd_", BASE64_URL, 38, 64, VARIED),
          KeyForm.of("Postman", "PMAK-", HEX, 24, 24, VARIED).then("-", HEX, 34, 34),
          KeyForm.of("New Relic", "NRAK-", UPPER_AND_DIGITS, 27, 27, VARIED),
          KeyForm.of("New Relic", "NRJS-", HEX, 19, 19, VARIED),
          KeyForm.of("New Relic", "NRII-", BASE64_URL, 32, 32, VARIED),
          KeyForm.of("Grafana", "glsa_", BASE62, 32, 32, NONE).then("_", HEX_ANY_CASE, 8, 8),
          KeyForm.of("Grafana Cloud", "glc_", BASE64, 32, 400, MIXED),
          KeyForm.of("HashiCorp Vault", "hvs.", BASE64_URL, 24, UNBOUNDED, VARIED),
          KeyForm.of("HashiCorp Vault", "hvb.", BASE64_URL, 24, UNBOUNDED, VARIED),
          KeyForm.of("HashiCorp Vault", "hvr.", BASE64_URL, 24, UNBOUNDED, VARIED),
          KeyForm.of("Doppler", "dp.pt.", BASE64_URL_DOT, 40, 80, VARIED),
          KeyForm.of("Doppler", "dp.st.", BASE64_URL_DOT, 40, 80, VARIED),
          KeyForm.of("Doppler", "dp.ct.", BASE64_URL_DOT, 40, 80, VARIED),
          KeyForm.of("Doppler", "dp.sa.", BASE64_URL_DOT, 40, 80, VARIED),
          KeyForm.of("Doppler", "dp.scim.", BASE64_URL_DOT, 40, 80, VARIED),
          KeyForm.of("Doppler", "dp.audit.", BASE64_URL_DOT, 40, 80, VARIED),
          KeyForm.of("Heroku", "HRKU-", BASE64_URL, 36, 64, VARIED),
          KeyForm.of("PlanetScale", "pscale_tkn_", BASE64_URL_PADDED_DOT, 32, 64, VARIED),
          KeyForm.of("PlanetScale", "pscale_pw_", BASE64_URL_PADDED_DOT, 32, 64, VARIED),
          KeyForm.of("PlanetScale", "pscale_oauth_", BASE64_URL_PADDED_DOT, 32, 64, VARIED),
          KeyForm.of("Supabase", "sbp_", HEX, 40, 40, NONE),
          KeyForm.of("Supabase", "sb_secret_", BASE64_URL, 24, 64, VARIED),
          KeyForm.of("age", "AGE-SECRET-KEY-1", BECH32, 58, 58, NONE),
          KeyForm.of("Dropbox", "sl.", BASE64_URL_PADDED_DOT, 100, UNBOUNDED, MIXED),
          KeyForm.of("Airtable", "pat", BASE62, 14, 14, NONE).then(".", HEX, 64, 64),
          KeyForm.of("Mapbox", "sk.eyJ", BASE64_URL, 20, 400, MIXED).then(".", BASE64_URL, 16, 64),
          KeyForm.of("Mapbox", "tk.eyJ", BASE64_URL, 20, 400, MIXED).then(".", BASE64_URL, 16, 64),
          KeyForm.of("Sentry", "sntrys_", BASE64, 40, 400, MIXED).then("_", BASE64, 40, 48),
          KeyForm.of("Sentry", "sntryu_", HEX, 64, 64, NONE),
          KeyForm.of("RubyGems", "rubygems_", HEX, 48, 48, NONE),
          KeyForm.of("Clojars", "CLOJARS_", LOWER_AND_DIGITS, 60, 60, NONE),
          KeyForm.of("Docker Hub", "dckr_pat_", BASE64_URL, 27, 40, VARIED),
          KeyForm.of("Docker Hub", "dckr_oat_", BASE64_URL, 27, 48, VARIED),
          KeyForm.of("Pulumi", "pul-", HEX, 40, 40, VARIED),
          KeyForm.of("Perplexity", "pplx-", BASE62, 40, 64, VARIED),
          KeyForm.of("Groq", "gsk_", BASE62, 48, 64, VARIED),
          KeyForm.of("xAI", "xai-", BASE62, 70, 100, VARIED),
          KeyForm.of("Replicate", "r8_", BASE62, 37, 40, VARIED),
          KeyForm.of("Brevo", "xkeysib-", HEX, 64, 64, NONE).then("-", BASE62, 16, 16),
          KeyForm.of("Dynatrace", "dt0c01.", UPPER_AND_DIGITS, 24, 24, NONE)
              .then(".", UPPER_AND_DIGITS, 64, 64),
          KeyForm.of("Alibaba Cloud", "LTAI", BASE62, 16, 24, MIXED),
          KeyForm.of("1Password", "ops_eyJ", BASE64_URL_PADDED, 200, UNBOUNDED, MIXED),
          KeyForm.of("Octopus Deploy", "API-", UPPER_AND_DIGITS, 26, 32, VARIED),
          KeyForm.of("SonarQube", "squ_", HEX, 40, 40, NONE),
          KeyForm.of("SonarQube", "sqp_", HEX, 40, 40, NONE),
          KeyForm.of("SonarQube", "sqa_", HEX, 40, 40, NONE),
          KeyForm.of("Fly.io", "fo1_", BASE64_URL, 43, 43, VARIED),
          KeyForm.of("Fly.io", "fm1a_", BASE64, 100, UNBOUNDED, MIXED),
          KeyForm.of("Fly.io", "fm1r_", BASE64, 100, UNBOUNDED, MIXED),
          KeyForm.of("Fly.io", "fm2_", BASE64, 100, UNBOUNDED, MIXED),
          KeyForm.of("Artifactory", "AKCp", BASE62, 69, 69, NONE),
          KeyForm.of("EasyPost", "EZAK", BASE62, 54, 54, NONE),
          KeyForm.of("EasyPost", "EZTK", BASE62, 54, 54, NONE),
          KeyForm.of("Adobe", "p8e-", BASE62, 32, 32, VARIED),
          KeyForm.of("Typeform", "tfp_", BASE64_URL_DOT, 44, 64, VARIED),
          KeyForm.of("Shippo", "shippo_live_", HEX, 40, 40, NONE),
          KeyForm.of("Shippo", "shippo_test_", HEX, 40, 40, NONE),
          KeyForm.of("Duffel", "duffel_live_", BASE64_URL_PADDED, 43, 43, NONE),
          KeyForm.of("Duffel", "duffel_test_", BASE64_URL_PADDED, 43, 43, NONE),
          KeyForm.of("Prefect", "pnu_", BASE62, 36, 36, VARIED),
          KeyForm.of("ReadMe", "rdme_", LOWER_AND_DIGITS, 70, 70, NONE),
          KeyForm.of("Sourcegraph", "sgp_", HEX, 40, 40, NONE),
          KeyForm.of("OpenShift", "sha256~", BASE64_URL, 43, 43, NONE),
          KeyForm.of("Contentful", "CFPAT-", BASE64_URL, 43, 43, VARIED),
          KeyForm.of("Tailscale", "tskey-auth-", BASE62, 10, 24, VARIED).then("-", BASE62, 20, 40),
          KeyForm.of("Tailscale", "tskey-api-", BASE62, 10, 24, VARIED).then("-", BASE62, 20, 40),
          KeyForm.of("Tailscale", "tskey-client-", BASE62, 10, 24, VARIED)
              .then("-", BASE62, 20, 40));

  private KeyForms() {}
}
