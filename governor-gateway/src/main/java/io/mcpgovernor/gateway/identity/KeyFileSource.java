package io.mcpgovernor.gateway.identity;

import io.mcpgovernor.call.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An issuer's keys in a file, which is looked at every second. */
final class KeyFileSource implements KeySource {
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Path file;
  private byte @Nullable [] seen;
  private @Nullable Found found;

  KeyFileSource(Path file) {
    this.file = file;
  }

  @Override
  public Found find() throws IOException {
    byte[] text;
    try (InputStream in = Files.newInputStream(file)) {
      text = in.readNBytes(BYTES_MAX + 1);
    } catch (NoSuchFileException e) {
      throw new IOException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read: " + e.getMessage(), e);
    }
    if (text.length > BYTES_MAX) {
      throw new IOException(file + " has more than " + BYTES_MAX + " bytes");
    }
    Found last = found;
    if (last != null && Arrays.equals(text, seen)) {
      return last;
    }
    try {
      Found now = new Found(IssuerKey.of(Json.utf8(text)), FRESH);
      seen = text;
      found = now;
      return now;
    } catch (IOException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
