package io.mcpgovernor.cli.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GzipMembersTest {
  @TempDir private Path directory;

  private GzipMembers open(byte[] file, GzipMembers.Member from) throws IOException {
    return new GzipMembers(FileChannel.open(Files.write(directory.resolve("file.gz"), file)), from);
  }

  private static void member(ByteArrayOutputStream file, byte[] content) throws IOException {
    GZIPOutputStream member = new GZIPOutputStream(file);
    member.write(content);
    member.finish();
  }

  @Test
  void readingCanBeginAtEveryMember() throws IOException {
    Random random = new Random(1);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    for (int i = 0; i < 40; i++) {
      byte[] part = new byte[random.nextInt(20_000)];
      random.nextBytes(part);
      Arrays.fill(part, part.length / 2, part.length, (byte) i);
      member(file, part);
      content.writeBytes(part);
    }
    byte[] all = content.toByteArray();
    try (GzipMembers whole = open(file.toByteArray(), new GzipMembers.Member(0, 0))) {
      assertThat(whole.readAllBytes()).isEqualTo(all);
      assertThat(whole.members()).hasSize(40);
      for (GzipMembers.Member member : whole.members()) {
        try (GzipMembers rest = open(file.toByteArray(), member)) {
          assertThat(rest.readAllBytes())
              .isEqualTo(Arrays.copyOfRange(all, (int) member.contentAt(), all.length));
        }
      }
    }
  }

  @Test
  void headersMayHoldNamesCommentsAndMore() throws IOException {
    ByteArrayOutputStream plain = new ByteArrayOutputStream();
    member(plain, new byte[] {1, 2, 3});
    byte[] bytes = plain.toByteArray();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(bytes, 0, 3);
    file.write(2 | 4 | 8 | 16);
    file.write(bytes, 4, 6);
    file.writeBytes(new byte[] {3, 0, 9, 9, 9}); // extra field
    file.writeBytes(new byte[] {'a', 0, 'b', 'c', 0, 7, 7}); // name, comment, checksum
    file.write(bytes, 10, bytes.length - 10);

    try (GzipMembers read = open(file.toByteArray(), new GzipMembers.Member(0, 0))) {
      assertThat(read.readAllBytes()).containsExactly(1, 2, 3);
    }
  }

  @Test
  void everyCutAndEveryChangedByteIsNoticed() throws IOException {
    ByteArrayOutputStream two = new ByteArrayOutputStream();
    member(two, "one, one, one".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    int firstEnd = two.size();
    member(two, "two, two, two".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
    byte[] file = two.toByteArray();
    for (int end = 1; end < file.length; end++) {
      if (end != firstEnd) {
        GzipMembers cut = open(Arrays.copyOf(file, end), new GzipMembers.Member(0, 0));
        assertThatThrownBy(cut::readAllBytes).as("cut at %d", end).isInstanceOf(EOFException.class);
        cut.close();
      }
    }
    for (int i = 0; i < file.length; i++) {
      int inMember = i < firstEnd ? i : i - firstEnd;
      if (inMember < 4 || inMember > 9) { // time, flags of the packer and system do not count
        byte[] changed = file.clone();
        changed[i] ^= 0x40;
        GzipMembers read = open(changed, new GzipMembers.Member(0, 0));
        assertThatThrownBy(read::readAllBytes)
            .as("changed at %d", i)
            .isInstanceOfAny(EOFException.class, ZipException.class);
        read.close();
      }
    }
  }
}
