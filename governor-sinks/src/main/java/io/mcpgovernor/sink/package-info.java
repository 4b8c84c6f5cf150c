/**
 * Brings audit records to where they are collected: a receiver that speaks HTTP gets every record
 * of a log at least once, whatever fails on the way.
 *
 * <p>Imports {@code audit} and {@code call}, the JDK's HTTP client and nothing else.
 */
@NullMarked
package io.mcpgovernor.sink;

import org.jspecify.annotations.NullMarked;
