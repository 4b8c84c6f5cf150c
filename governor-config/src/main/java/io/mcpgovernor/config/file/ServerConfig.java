package io.mcpgovernor.config.file;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server behind the gateway: a program that speaks over stdio, or one that is reached over
 * HTTP.
 *
 * @param command the program and its arguments; null for a server over HTTP
 * @param url where the server is; null for a program
 * @param bearer what the gateway shows the server; null for nothing
 * @param env variables that the program gets, beside a few of the gateway's own
 * @param cwd the program's directory; null for that of the configuration file
 * @param sharing who shares a process of the program
 */
@OneOf({"command", "url"})
public record ServerConfig(
    @Key(
            value =
                "A program that speaks MCP over its standard input and output, with its arguments."
                    + " No shell reads it.",
            form = WordForm.ARGUMENT,
            min = "1",
            example = "[java, -jar, crm.jar]")
        @Nullable List<String> command,
    @Key(
            value = "Where a server that speaks Streamable HTTP is.",
            example = "\"https://erp.example/mcp\"")
        @Nullable URI url,
    @Key(
            value =
                "The bearer token that the gateway shows this server. A client's own token is never"
                    + " passed on.",
            needs = "url",
            example = "\"${env:ERP_TOKEN}\"")
        @Nullable Secret bearer,
    @Key(
            value = "Environment variables of the program; secrets among them by reference.",
            keys = WordForm.VARIABLE,
            literal = true,
            needs = "command",
            unless = "{}",
            example = "{LOG_LEVEL: info, CRM_TOKEN: \"${env:CRM_TOKEN}\"}")
        Map<String, Secret> env,
    @Key(
            value = "The directory in which the program runs; that of this file if left out.",
            needs = "command",
            example = "/srv/crm")
        @Nullable Path cwd,
    @Key(
            value =
                "Who shares a process of the program. principal: each user has one of their own for"
                    + " each tenant. shared: all use the same, and the server cannot ask the client"
                    + " anything.",
            needs = "command",
            unless = "principal",
            example = "shared")
        Sharing sharing) {

  /** Who shares a process. */
  public enum Sharing {
    /** Nobody: one for each user and tenant. */
    PRINCIPAL,
    /** All. */
    SHARED
  }
}
