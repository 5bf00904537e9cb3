package org.mtl4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;

/** {@code mtl datasets}: cards, and downloads from a real server. */
class DatasetsCommandTest {
  private static final String NAME = "/ml-latest-small.zip";

  @TempDir private Path folder;
  private HttpServer server;
  private byte[] zip;

  @BeforeEach
  void serve() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      put(out, "ratings.csv", "userId,movieId,rating,timestamp\n1,10,4.5,1\n".getBytes(UTF_8));
      put(out, "movies.csv", "movieId,title,genres\n10,Toy Story (1995),Comedy\n".getBytes(UTF_8));
      byte[] noise = new byte[1 << 20];
      new Random(3).nextBytes(noise);
      put(out, "noise.bin", noise);
    }
    zip = bytes.toByteArray();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  private static void put(ZipOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry("ml-latest-small/" + name));
    out.write(bytes);
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  /** A mirror under a path of its own, of the whole file. */
  private String mirror() {
    server.createContext(
        NAME,
        exchange -> {
          exchange.sendResponseHeaders(200, zip.length);
          try (OutputStream out = exchange.getResponseBody()) {
            out.write(zip);
          }
        });
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private String[] get(String from, String... more) {
    String[] args = {
      "datasets",
      "get",
      "movielens",
      "--edition",
      "latest-small",
      "--to",
      target().toString(),
      "--from",
      from,
      "--json"
    };
    String[] all = java.util.Arrays.copyOf(args, args.length + more.length);
    System.arraycopy(more, 0, all, args.length, more.length);
    return all;
  }

  private Path target() {
    return folder.resolve("ml");
  }

  @Test
  void aCardSaysWhereASetIsAndWhatIsKnownOfIt() {
    Ran ran = Cli.run("datasets", "movielens", "--json");
    assertThat(ran.exitCode()).isZero();
    JsonNode file = ran.json().at("/editions/0/files/0");
    assertThat(file.get("url").asText())
        .isEqualTo("https://files.grouplens.org/datasets/movielens/ml-100k.zip");
    assertThat(file.get("bytes").asLong()).isEqualTo(4_924_029);
    assertThat(file.get("checksum").asText()).isEqualTo("MD5 0e33842e24a9c977be4e0107933c0723");
    assertThat(ran.json().get("licence").asText()).contains("no redistribution");
  }

  @Test
  void whatIsNotKnownIsSaidToBeSo() {
    assertThat(Cli.run("datasets", "taobao").out())
        .contains("UserBehavior.csv.zip (by hand, see the page)")
        .contains("size not known, checksum not known");
  }

  @Test
  void theListSaysOfASetWhatARowIsAndItsTasks() {
    assertThat(Cli.run("datasets").out())
        .contains(
            "adult: Adult: one person a row; tasks income (over 50,000 dollars) and marital-status.")
        .contains("csv: ");
  }

  @Test
  void anUnknownSetNamesTheNearest() {
    Ran ran = Cli.run("datasets", "movielense");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains("error: mtl datasets: There is no public data set \"movielense\".")
        .contains("\"movielens\"");
  }

  @Test
  void anUnknownEditionNamesTheNearest() {
    Ran ran = Cli.run("datasets", "get", "movielens", "--edition", "2m", "--to", "x");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("There is no edition \"2m\" of movielens.");
  }

  @Test
  void whatWasFetchedTrains() {
    Ran ran = Cli.run(get(mirror()));
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(ran.json().get("status").asText()).isEqualTo("whole");
    assertThat(ran.json().get("folder").asText()).isEqualTo(target().toString());
    assertThat(target().resolve("ml-latest-small/ratings.csv")).exists();
    assertThat(ran.err()).contains("fetching ml-latest-small.zip").doesNotContain("\r");
  }

  @Test
  void aFileThatIsNotThereIsTheUsersMatter() {
    Ran ran = Cli.run(get("http://127.0.0.1:" + server.getAddress().getPort()));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.json().at("/problems/0/code").asText()).isEqualTo("FILE_MISSING");
    assertThat(target()).doesNotExist();
  }

  @Test
  void muchIsRefusedWithItsSizeWhereNobodyCanBeAsked() {
    server.createContext(
        NAME,
        exchange -> {
          exchange.sendResponseHeaders(200, 700_000_000L);
          exchange.close();
        });
    Ran ran = Cli.run(get("http://127.0.0.1:" + server.getAddress().getPort()));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.json().at("/problems/0/code").asText()).isEqualTo("USAGE");
    assertThat(ran.err()).contains("700,000,000 bytes (700.0 MB)", "Add --yes if that is meant.");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void ctrlCExitsWith130KeepsWhatIsHereAndGoesOnLater() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    server.createContext(
        NAME,
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          exchange.getResponseHeaders().set("ETag", "\"one\"");
          int from = range == null ? 0 : Integer.parseInt(range.replaceAll("[^0-9]", ""));
          if (from > 0) {
            String rest = "bytes %d-%d/%d".formatted(from, zip.length - 1, zip.length);
            exchange.getResponseHeaders().set("Content-Range", rest);
          }
          exchange.sendResponseHeaders(from > 0 ? 206 : 200, zip.length - from);
          try (OutputStream out = exchange.getResponseBody()) {
            int half = zip.length / 2;
            if (from == 0) {
              out.write(zip, 0, half);
              out.flush();
              interrupted.await();
            }
            int start = from == 0 ? half : from;
            out.write(zip, start, zip.length - start);
          } catch (InterruptedException | IOException e) {
            exchange.close();
          }
        });
    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    Path part = folder.resolve(".unfinished-ml/parts/ml-latest-small.zip.part");
    try (Child child = Child.start(folder, get(address))) {
      assertThat(child.await(() -> Files.exists(part))).as(child.said()).isTrue();
      child.interrupt();
      assertThat(child.awaitSaid("Once more stops at once")).as(child.said()).isTrue();
      interrupted.countDown();
      assertThat(child.exitCode()).as(child.said()).isEqualTo(130);
    }
    assertThat(target()).doesNotExist();
    assertThat(Files.size(part)).isPositive();
    Ran again = Cli.run(get(address));
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(target().resolve("ml-latest-small/noise.bin")).hasSize(1 << 20);
  }
}
