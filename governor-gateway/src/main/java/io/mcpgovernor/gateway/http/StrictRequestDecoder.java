package io.mcpgovernor.gateway.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Reads requests, refuses those that another reader could cut differently, and says when bytes
 * come, so that a head that comes a byte at a time has a limit.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
  private final Runnable onBytes;

  StrictRequestDecoder(HttpDecoderConfig config, Runnable onBytes) {
    super(config);
    this.onBytes = onBytes;
  }

  /** Bounds, and no leniency. */
  static HttpDecoderConfig config(int lineMax, int headerBytesMax) {
    return new HttpDecoderConfig()
        .setMaxInitialLineLength(lineMax)
        .setMaxHeaderSize(headerBytesMax)
        .setMaxChunkSize(Integer.MAX_VALUE)
        .setStrictLineParsing(true)
        .setUseRfc9112TransferEncoding(true)
        .setAllowDuplicateContentLengths(false);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    onBytes.run();
    super.channelRead(ctx, message);
  }

  /** Whether a next request has begun. */
  boolean hasMore() {
    return actualReadableBytes() > 0;
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Transfer-Encoding and Content-Length");
  }
}
