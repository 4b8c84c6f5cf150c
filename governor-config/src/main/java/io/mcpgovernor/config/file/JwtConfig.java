package io.mcpgovernor.config.file;

import java.net.URI;
import java.util.List;
import java.util.Set;

/**
 * What tokens must be like, and what is read from their claims.
 *
 * @param issuer who signs them
 * @param audience for whom they must be, any of these
 * @param user where the user is
 * @param tenant where the tenants are: the first that is there counts
 * @param roles where the roles are: the first that is there counts
 */
public record JwtConfig(
    @Key(
            value = "Who signs the tokens; their keys are found from there.",
            example = "\"https://login.example\"")
        URI issuer,
    @Key(
            value = "For whom a token has to be, any of these: this gateway's own address.",
            form = WordForm.AUDIENCE,
            single = true,
            min = "1",
            example = "\"https://mcp.example\"")
        Set<String> audience,
    @Key(
            value = "Where the user is among the claims: a JSON pointer.",
            form = WordForm.POINTER,
            unless = "/sub")
        String user,
    @Key(
            value =
                "Where the user's tenants are: JSON pointers, of which the first that leads"
                    + " somewhere counts.",
            form = WordForm.POINTER,
            single = true,
            most = 16,
            unless = "[/tid, /org_id, /organization, /tenant_id, /tenant]")
        List<String> tenant,
    @Key(
            value =
                "Where the user's roles are: JSON pointers, of which the first that leads somewhere"
                    + " counts.",
            form = WordForm.POINTER,
            single = true,
            most = 16,
            unless = "/roles",
            example = "/realm_access/roles")
        List<String> roles) {}
