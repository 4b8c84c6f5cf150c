package io.mcpgovernor.bench.upstream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;

/**
 * The server as a program. {@code stdio} speaks over its standard input and output until that ends;
 * {@code http [PORT [FORM [sessions]]]} listens until the process is ended, and says on standard
 * error where: {@code listening http://...}.
 */
public final class LightUpstream {
  /** What the e-mail addresses in its results look like: a regular expression. */
  public static final String ADDRESS = "(anna\\.bauer|j\\.smith|maria-lopez|chen\\.wei)\\d+@";

  private LightUpstream() {}

  /** Runs it. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<String> words = List.of(arguments);
    if (words.equals(List.of("stdio"))) {
      serve(System.in, System.out);
      return;
    }
    if (words.isEmpty() || !words.get(0).equals("http")) {
      System.err.println("usage: LightUpstream stdio | http [PORT [fixed|chunked|sse [sessions]]]");
      System.exit(2);
    }
    int port = words.size() > 1 ? Integer.parseInt(words.get(1)) : 0;
    AnswerForm form =
        words.size() > 2
            ? AnswerForm.valueOf(words.get(2).toUpperCase(Locale.ROOT))
            : AnswerForm.FIXED;
    boolean hasSessions = words.size() > 3 && words.get(3).equals("sessions");
    UpstreamHttp upstream = UpstreamHttp.start(port, form, hasSessions);
    System.err.println("listening " + upstream.uri());
    new CountDownLatch(1).await();
  }

  /** Answers what comes in, a message a line, until it ends. */
  static void serve(InputStream in, OutputStream out) throws IOException {
    UpstreamMessages messages = new UpstreamMessages();
    BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      UpstreamMessages.Answer answer = messages.answer(line.getBytes(StandardCharsets.UTF_8));
      if (answer != null) {
        ByteBuffer whole = ByteBuffer.allocate(answer.bytes() + 1);
        out.write(whole.put(answer.open()).put(answer.rest()).put((byte) '\n').array());
        out.flush();
      }
    }
  }
}
