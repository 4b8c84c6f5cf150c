package io.mcpgovernor.config.file;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
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
 * @param processes how many processes of the program there may be
 * @param idle how long a process lives that nobody uses
 * @param concurrency how many requests the server may have to work on at the same time
 * @param connectTimeout how long it may take to reach the server
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
        Sharing sharing,
    @Key(
            value =
                "How many processes of the program there may be at the same time; whoever would"
                    + " need one more is refused.",
            needs = "command",
            unless = "64",
            min = "1",
            max = "10000")
        int processes,
    @Key(
            value = "How long a process of the program lives that nobody uses.",
            needs = "command",
            unless = "10m",
            min = "1s",
            max = "1d")
        Duration idle,
    @Key(
            value =
                "How many requests the server gets to work on at the same time; more have to wait.",
            unless = "128",
            min = "1",
            max = "100000")
        int concurrency,
    @Key(
            value = "How long it may take to reach the server.",
            needs = "url",
            unless = "5s",
            min = "1ms",
            max = "5m")
        Duration connectTimeout) {

  /** Who shares a process. */
  public enum Sharing {
    /** Nobody: one for each user and tenant. */
    PRINCIPAL,
    /** All. */
    SHARED
  }
}
