package io.mcpgovernor.config.file;

import java.util.Set;

/**
 * The one user whom everybody is that reaches the gateway.
 *
 * @param user who that is
 * @param tenants the user's tenants
 * @param roles the user's roles
 * @param trustNetwork whether others than this machine may reach the gateway all the same
 */
public record EveryoneConfig(
    @Key(value = "Who that is.", form = WordForm.USER, example = "me") String user,
    @Key(
            value = "The user's tenants.",
            form = WordForm.NAME,
            single = true,
            unless = "[]",
            example = "[acme]")
        Set<String> tenants,
    @Key(
            value = "The user's roles.",
            form = WordForm.NAME,
            single = true,
            unless = "[]",
            example = "[support]")
        Set<String> roles,
    @Key(
            value =
                "Whether the gateway may be open to others than this machine all the same: whoever"
                    + " can connect to it is this user then.",
            unless = "false")
        boolean trustNetwork) {}
