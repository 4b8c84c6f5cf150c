package io.mcpgovernor.config.file;

import io.mcpgovernor.audit.Durability;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the audit log is kept.
 *
 * @param dir its directory, from the configuration file on unless absolute
 * @param durability when a record counts as kept
 * @param keep how old records may get; null for any age
 * @param keepBytes how much room all of them may take; null for any
 * @param segments of what files the log is made
 * @param checkpoints how often one is signed
 * @param keys where the log's keys are; null for beside it
 * @param denialsMinute from how many denials of a user in a minute on they are only counted
 * @param queueBytes how many bytes of records may wait for the disk
 */
public record AuditConfig(
    @Key(
            value =
                "Its directory, from this file's own on unless absolute. It is made if missing.",
            unless = "audit",
            example = "/var/lib/governor/audit")
        Path dir,
    @Key(
            value =
                "When a record counts as kept. fsync: on disk, survives the loss of power. flush:"
                    + " with the operating system, survives the end of the process. async: in"
                    + " memory, survives nothing; for measurements.",
            unless = "fsync",
            example = "flush")
        Durability durability,
    @Key(
            value = "Records older than this are deleted, a file at a time; none if left out.",
            min = "1s",
            max = "36500d",
            example = "90d")
        @Nullable Duration keep,
    @Key(
            value = "The oldest records are deleted while all take more room; none if left out.",
            min = "4KiB",
            max = "1024TiB",
            example = "50GiB")
        @Nullable ByteSize keepBytes,
    @Key(value = "Of what files the log is made.", unless = "{}") SegmentsConfig segments,
    @Key(value = "How often a checkpoint is signed.", unless = "{}") CheckpointsConfig checkpoints,
    @Key(
            value = "Where the log's private key is; in a directory beside the log if left out.",
            example = "/etc/governor/audit-keys")
        @Nullable Path keys,
    @Key(
            value =
                "From how many denials of one user in a minute on they are only counted on record.",
            unless = "100",
            min = "1",
            max = "1000000")
        int denialsMinute,
    @Key(
            value = "How much may wait for the disk; calls beyond it are refused.",
            unless = "64MiB",
            min = "1MiB",
            max = "16GiB")
        ByteSize queueBytes) {

  /**
   * Of what files the log is made.
   *
   * @param bytes how large one may grow
   * @param age how old one may grow
   * @param compress whether they are compressed once they are closed
   */
  public record SegmentsConfig(
      @Key(
              value = "How large a file may grow before the next is begun.",
              unless = "64MiB",
              min = "4KiB",
              max = "16GiB")
          ByteSize bytes,
      @Key(
              value = "How old a file may grow before the next is begun.",
              unless = "24h",
              min = "1s",
              max = "366d")
          Duration age,
      @Key(value = "Whether files are compressed (gzip) once they are closed.", unless = "true")
          boolean compress) {}

  /**
   * How often a checkpoint is signed.
   *
   * @param records after so many records
   * @param interval or after this time, if there are new ones
   */
  public record CheckpointsConfig(
      @Key(value = "After so many records.", unless = "1024", min = "1", max = "1000000")
          int records,
      @Key(
              value = "Or after this time, if there are new ones.",
              unless = "60s",
              min = "1s",
              max = "1d")
          Duration interval) {}
}
