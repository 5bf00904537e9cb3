package org.mtl4j.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mtl4j.server.http.Protection;
import org.mtl4j.server.security.Access;
import org.mtl4j.server.security.Connections;
import org.mtl4j.server.security.TlsFiles;
import org.mtl4j.server.wiring.ServerSettings;

/** What a server says of itself when it starts. */
class RunningServerTest {
  @Test
  void theAddressIsThatOfTheProtocolThatItSpeaks() {
    assertThat(RunningServer.address(settings(Optional.empty()), 8501))
        .isEqualTo("http://127.0.0.1:8501");
    TlsFiles files = new TlsFiles(Path.of("cert.pem"), Path.of("key.pem"), Optional.empty());
    assertThat(RunningServer.address(settings(Optional.of(files)), 8501))
        .isEqualTo("https://127.0.0.1:8501");
  }

  private static ServerSettings settings(Optional<TlsFiles> tls) {
    ServerSettings usual = ServerSettings.of(List.of());
    return new ServerSettings(
        usual.models(),
        usual.network(),
        usual.compute(),
        usual.polling(),
        new ServerSettings.Operating(
            List.of(),
            new Protection(tls, Access.OPEN, Connections.DEFAULT),
            Optional.empty(),
            true));
  }
}
