package org.mtl4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many requests a connection may have under way. */
class StreamsTest {
  @TempDir private Path base;

  @Test
  void aConnectionHasSoManyStreamsAndNotMore() throws IOException {
    try (HalfPlusTwoServer server = HalfPlusTwoServer.start(base);
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.grpcPort())) {
      String begin = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";
      socket.getOutputStream().write(begin.getBytes(StandardCharsets.ISO_8859_1));
      DataInputStream in = new DataInputStream(socket.getInputStream());
      int length = in.readUnsignedShort() << 8 | in.readUnsignedByte();
      assertThat(in.readUnsignedByte()).as("SETTINGS comes first").isEqualTo(4);
      in.skipNBytes(5); // flags, and the stream, which is the connection
      int streams = 0;
      for (int i = 0; i < length / 6; i++) {
        int setting = in.readUnsignedShort();
        int value = in.readInt();
        streams = setting == 3 ? value : streams;
      }
      assertThat(streams).isEqualTo(1_000);
    }
  }
}
