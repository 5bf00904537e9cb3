package org.mtl4j.data.download;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.file.FolderLock;
import org.mtl4j.data.catalogue.Checksum;
import org.mtl4j.data.catalogue.RemoteFile;

/** Downloads from a real server: whole, cut and resumed, wrong, gone, redirected, hostile. */
class DatasetDownloadTest {
  @TempDir Path folder;

  private final FileServer server = new FileServer();
  private byte[] zip;

  @BeforeEach
  void serve() throws IOException {
    // What does not pack, so that half an archive is much more than a buffer.
    byte[] noise = new byte[300_000];
    new Random(7).nextBytes(noise);
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("pairs/", new byte[0]);
    entries.put("pairs/noise.bin", noise);
    entries.put("pairs/rows.csv", "a,b\n1,2\n".getBytes(UTF_8));
    zip = zip(entries);
    server.put("/pairs.zip", zip);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static byte[] tarGz(TarArchiveEntry entry, byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream out = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
      entry.setSize(content.length);
      out.putArchiveEntry(entry);
      out.write(content);
      out.closeArchiveEntry();
    }
    return bytes.toByteArray();
  }

  private Path target() {
    return folder.resolve("data/pairs");
  }

  private Path part() {
    return folder.resolve("data/.unfinished-pairs/parts/pairs.zip.part");
  }

  private RemoteFile file() {
    return RemoteFile.at(server.url("/pairs.zip"));
  }

  private boolean get(RemoteFile file) {
    return get(file, Optional.empty(), new DownloadListener() {});
  }

  private boolean get(RemoteFile file, Optional<String> from, DownloadListener listener) {
    PairSet set = new PairSet(file);
    return new DatasetDownload(set, set.card().editions().get(0), target(), from, listener).run();
  }

  private static List<String> names(Path of) {
    return List.of(of.toFile().list());
  }

  private void assertWhole() {
    assertThat(target().resolve("pairs/rows.csv")).hasContent("a,b\n1,2");
    assertThat(target().resolve("pairs/noise.bin")).hasSize(300_000);
    assertThat(names(folder.resolve("data"))).containsExactly("pairs");
  }

  private void assertNothing() {
    assertThat(names(folder.resolve("data"))).isEmpty();
  }

  private void assertRefused(RemoteFile file, ErrorCode code, String message) {
    assertThatThrownBy(() -> get(file))
        .isInstanceOfSatisfying(MtlException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(message);
  }

  private Checksum sha256() {
    return new Checksum("SHA-256", Hashing.sha256().hashBytes(zip).toString(), "the test");
  }

  @Test
  void wholeAndVerified() {
    assertThat(get(file().with(zip.length, sha256()))).isTrue();
    assertWhole();
    assertThat(server.asked).containsExactly("/pairs.zip");
  }

  @Test
  void cutInTheMiddleAndResumedWhereItWas() {
    server.cutAfter = 200_000;
    assertRefused(
        file(),
        ErrorCode.IO,
        server.url("/pairs.zip")
            + ": The connection ended after 200,000 of %,d bytes.".formatted(zip.length)
            + " What is here so far is kept: run the command again.");
    assertThat(target()).doesNotExist();
    assertThat(part()).hasSize(200_000);
    server.cutAfter = -1;
    assertThat(get(file().with(zip.length, sha256()))).isTrue();
    assertWhole();
    assertThat(server.asked).containsExactly("/pairs.zip", "/pairs.zip bytes=200000- if \"one\"");
  }

  @Test
  void anotherVersionOnTheServerIsFetchedWhole() throws IOException {
    server.put("/pairs.zip", new byte[400_000]);
    server.cutAfter = 100_000;
    assertThatThrownBy(() -> get(file())).isInstanceOf(MtlException.class);
    server.cutAfter = -1;
    server.tag = "\"two\"";
    server.put("/pairs.zip", zip);
    assertThat(get(file())).isTrue();
    assertWhole();
  }

  @Test
  void aServerThatKnowsNoIfRangeMixesNoVersions() {
    server.put("/pairs.zip", new byte[400_000]);
    server.cutAfter = 100_000;
    assertThatThrownBy(() -> get(file())).isInstanceOf(MtlException.class);
    server.cutAfter = -1;
    server.conditions = false;
    server.tag = "\"two\"";
    server.put("/pairs.zip", zip);
    assertThat(get(file())).isTrue();
    assertWhole();
  }

  @Test
  void aDateMayStandForATag() {
    server.tag = null;
    server.changed = "Wed, 21 Oct 2015 07:28:00 GMT";
    server.cutAfter = 200_000;
    assertThatThrownBy(() -> get(file())).isInstanceOf(MtlException.class);
    server.cutAfter = -1;
    assertThat(get(file().with(zip.length, sha256()))).isTrue();
    assertThat(server.asked.get(1)).isEqualTo("/pairs.zip bytes=200000- if " + server.changed);
  }

  @Test
  void aWeakTagIsNotGoneOnWithNorIsItsDate() {
    server.tag = "W/\"one\"";
    server.changed = "Wed, 21 Oct 2015 07:28:00 GMT";
    server.cutAfter = 200_000;
    assertThatThrownBy(() -> get(file())).isInstanceOf(MtlException.class);
    server.cutAfter = -1;
    assertThat(get(file().with(zip.length, sha256()))).isTrue();
    assertThat(server.asked).containsExactly("/pairs.zip", "/pairs.zip");
  }

  @Test
  void anAddressWithoutAServerIsRefused() {
    assertThatThrownBy(() -> get(file(), Optional.of("http:///"), new DownloadListener() {}))
        .isInstanceOfSatisfying(
            MtlException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.IO))
        .hasMessageContaining("no address of HTTP");
  }

  @Test
  void whatIsNoAddressIsRefusedWithARemedy() {
    assertThatThrownBy(
            () -> get(file(), Optional.of("http://localhost/my data"), new DownloadListener() {}))
        .isInstanceOf(MtlException.class)
        .hasMessageStartingWith("--from: Expected an address, found \"http://localhost/my data\": ")
        .hasMessageEndingWith(
            "Write blanks and the like as %20, or name a folder of this machine.");
  }

  @Test
  void aFolderThatAnotherDownloadFillsIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("data"));
    try (FolderLock other = FolderLock.takeFile(target()).orElseThrow()) {
      assertThat(other).isNotNull();
      assertRefused(
          file(),
          ErrorCode.OUTPUT_FOLDER,
          target()
              + ": The folder is in use: this process fetches it. Wait until that has ended, or"
              + " choose another folder by --to.");
    }
    assertThat(server.asked).isEmpty();
    assertThat(get(file())).isTrue();
    assertWhole();
  }

  @Test
  void whoIsAskedMayInterruptInstead() {
    server.promise("/large.zip", 500_000_001);
    DownloadListener interrupted =
        new DownloadListener() {
          @Override
          public boolean stopRequested() {
            return true;
          }
        };
    RemoteFile large = RemoteFile.at(server.url("/large.zip"));
    assertThat(get(large, Optional.empty(), interrupted)).isFalse();
    assertNothing();
  }

  @Test
  void aServerWithoutRangesGivesTheFileFromItsBeginning() {
    server.cutAfter = 200_000;
    assertThatThrownBy(() -> get(file())).isInstanceOf(MtlException.class);
    server.cutAfter = -1;
    server.ranges = false;
    assertThat(get(file().with(zip.length, sha256()))).isTrue();
    assertWhole();
  }

  @Test
  void aPartThatIsLongerThanTheFileBeginsAnew() throws IOException {
    server.cutAfter = 200_000;
    assertThatThrownBy(() -> get(file())).isInstanceOf(MtlException.class);
    server.cutAfter = -1;
    Files.write(part(), new byte[zip.length]);
    assertThat(get(file())).isTrue();
    assertWhole();
  }

  @Test
  void wrongBytesAreRefusedAndNotKept() {
    Checksum other = new Checksum("SHA-256", "ab".repeat(32), "the test");
    assertRefused(
        file().with(zip.length, other),
        ErrorCode.DATA_FORMAT,
        "pairs.zip: Expected the SHA-256 %s, found %s. Another file stands at the address, or it was"
                .formatted("ab".repeat(32), sha256().hex())
            + " changed on its way: run the command again, or give another address by --from.");
    assertNothing();
  }

  @Test
  void aWrongSizeIsRefusedAndNotKept() {
    assertRefused(
        file().with(zip.length + 1L, sha256()),
        ErrorCode.DATA_FORMAT,
        "pairs.zip: Expected %,d bytes, found %,d. Another file stands at the address: give one that"
                .formatted(zip.length + 1, zip.length)
            + " has the right file by --from.");
    assertNothing();
  }

  @Test
  void aFileThatIsNotThereIsSaidSo() {
    assertRefused(
        RemoteFile.at(server.url("/gone.zip")),
        ErrorCode.FILE_MISSING,
        server.url("/gone.zip")
            + ": The server has no such file (status 404). The publisher may have moved it: see the"
            + " set's page, and give another address by --from.");
    assertNothing();
  }

  @Test
  void redirectionsAreFollowed() {
    server.redirect("/old/pairs.zip", "/pairs.zip");
    assertThat(get(RemoteFile.at(server.url("/old/pairs.zip")))).isTrue();
    assertWhole();
    assertThat(server.asked).containsExactly("/old/pairs.zip", "/pairs.zip");
  }

  @Test
  void redirectionsInACircleEnd() {
    server.redirect("/round/pairs.zip", "/round/pairs.zip");
    assertRefused(
        RemoteFile.at(server.url("/round/pairs.zip")),
        ErrorCode.IO,
        server.url("/round/pairs.zip")
            + ": The file cannot be fetched: java.io.IOException: more than 10 redirections. Check"
            + " the network. What is here so far is kept: run the command again.");
  }

  @Test
  void aPageInPlaceOfAnArchiveIsRefusedAndNotKept() {
    server.put("/pairs.zip", "<html>Please log in</html>".getBytes(UTF_8));
    assertRefused(
        file(),
        ErrorCode.DATA_FORMAT,
        "pairs.zip: Expected an archive, found nothing in it or none at all. Fetch it from elsewhere"
            + " by --from; what came is thrown away.");
    assertNothing();
  }

  @Test
  void anotherSetsColumnsAreRefusedAndNotKept() throws IOException {
    server.put("/pairs.zip", zip(Map.of("pairs/rows.csv", "a,c\n1,2\n".getBytes(UTF_8))));
    assertThatThrownBy(() -> get(file()))
        .isInstanceOf(MtlException.class)
        .hasMessageStartingWith("The source has no column \"b\".");
    assertNothing();
  }

  @Test
  void anEntryOutsideTheFolderIsRefused() throws IOException {
    server.put("/pairs.zip", zip(Map.of("../../../evil.txt", new byte[] {1})));
    assertRefused(
        file(),
        ErrorCode.DATA_FORMAT,
        "pairs.zip: Expected names within the folder, found the entry \"../../../evil.txt\". Fetch it"
            + " from elsewhere by --from; what came is thrown away.");
    assertNothing();
    assertThat(names(folder)).containsExactly("data");
  }

  @Test
  void aBombIsRefusedBeforeItFillsTheDisk() throws IOException {
    server.put("/pairs.zip", zip(Map.of("pairs/rows.csv", new byte[20 << 20])));
    assertRefused(
        file(),
        ErrorCode.DATA_FORMAT,
        "pairs.zip: Expected at most 16,777,216 bytes in an archive of this size, found more. Fetch"
            + " it from elsewhere by --from; what came is thrown away.");
    assertNothing();
  }

  @Test
  void tarIsUnpackedToo() throws IOException {
    server.put(
        "/pairs.tar.gz",
        tarGz(new TarArchiveEntry("pairs/rows.csv"), "a,b\n1,2\n".getBytes(UTF_8)));
    assertThat(get(RemoteFile.at(server.url("/pairs.tar.gz")))).isTrue();
    assertThat(target().resolve("pairs/rows.csv")).hasContent("a,b\n1,2");
  }

  @Test
  void aTarMayBePackedWithoutSayingSo() throws IOException {
    server.put(
        "/pairs.tar", tarGz(new TarArchiveEntry("pairs/rows.csv"), "a,b\n1,2\n".getBytes(UTF_8)));
    assertThat(get(RemoteFile.at(server.url("/pairs.tar")))).isTrue();
    assertThat(target().resolve("pairs/rows.csv")).hasContent("a,b\n1,2");
  }

  @Test
  void aLinkInATarIsRefused() throws IOException {
    TarArchiveEntry link = new TarArchiveEntry("pairs/rows.csv", TarConstants.LF_SYMLINK);
    link.setLinkName("/etc/passwd");
    server.put("/pairs.tar.gz", tarGz(link, new byte[0]));
    assertRefused(
        RemoteFile.at(server.url("/pairs.tar.gz")),
        ErrorCode.DATA_FORMAT,
        "pairs.tar.gz: Expected files and folders, found the link \"pairs/rows.csv\". Fetch it from"
            + " elsewhere by --from; what came is thrown away.");
    assertNothing();
  }

  @Test
  void muchIsNotFetchedUnasked() {
    server.promise("/large.zip", 500_000_001);
    assertRefused(
        RemoteFile.at(server.url("/large.zip")),
        ErrorCode.USAGE,
        "mtl datasets get pairs: This fetches 500,000,001 bytes (500.0 MB), and more than 500 MB are"
            + " not fetched unasked. Add --yes if that is meant.");
    assertNothing();
  }

  @Test
  void aPublishedSizeIsAskedForBeforeTheServerIs() {
    RemoteFile large = file().with(600_000_000, sha256());
    assertRefused(
        large,
        ErrorCode.USAGE,
        "mtl datasets get pairs: This fetches 600,000,000 bytes (600.0 MB), and more than 500 MB are"
            + " not fetched unasked. Add --yes if that is meant.");
    assertThat(server.asked).isEmpty();
  }

  @Test
  void stoppedItKeepsWhatIsHereAndGoesOnLater() {
    DownloadListener impatient =
        new DownloadListener() {
          private long seen;

          @Override
          public void onBytes(String file, long done, OptionalLong total) {
            seen = done;
          }

          @Override
          public boolean stopRequested() {
            return seen > 100_000;
          }
        };
    assertThat(get(file(), Optional.empty(), impatient)).isFalse();
    assertThat(target()).doesNotExist();
    assertThat(part().toFile().length()).isBetween(100_001L, zip.length - 1L);
    assertThat(get(file())).isTrue();
    assertWhole();
    assertThat(server.asked.get(1)).startsWith("/pairs.zip bytes=1");
  }

  @Test
  void aFolderMayTakeThePlaceOfTheServer() throws IOException {
    Path mirror = Files.createDirectory(folder.resolve("mirror"));
    Files.write(mirror.resolve("pairs.zip"), zip);
    assertThat(
            get(
                RemoteFile.onRequest("pairs.zip"),
                Optional.of(mirror.toString()),
                new DownloadListener() {}))
        .isTrue();
    assertWhole();
  }

  @Test
  void anotherAddressMayTakeThePlaceOfThePublishers() {
    assertThat(
            get(
                RemoteFile.onRequest("pairs.zip"),
                Optional.of(server.url("")),
                new DownloadListener() {}))
        .isTrue();
    assertWhole();
  }

  @Test
  void filesThatAreGivenOnRequestHaveToBeFetchedByHand() {
    assertRefused(
        RemoteFile.onRequest("pairs.zip"),
        ErrorCode.USAGE,
        "mtl datasets get pairs: The publisher gives the files to those who ask: there is no address"
            + " to fetch them from. Fetch pairs.zip by hand from http://localhost/pairs, and name"
            + " their folder by --from.");
    assertNothing();
  }

  @Test
  void nothingIsWrittenOver() throws IOException {
    Files.createDirectories(target());
    Files.writeString(target().resolve("mine.txt"), "x");
    assertRefused(
        file(),
        ErrorCode.OUTPUT_FOLDER,
        target()
            + ": There is something here already, and nothing is ever written over. Choose another"
            + " folder by --to, or move this one out of the way.");
    assertThat(server.asked).isEmpty();
    assertThat(names(target())).containsExactly("mine.txt");
  }
}
