package org.mtl4j.data.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.PackedRows;
import org.mtl4j.data.codec.Codec;
import org.mtl4j.data.codec.Codecs;
import org.mtl4j.testkit.Folders;

class DataCacheTest {
  private static final Codec<String> TEXT = new Codecs().of(String.class);
  private static final String KEY = "0123abcd";

  @TempDir private Path temporary;

  private final List<String> notes = new ArrayList<>();
  private Path folder;
  private DataCache cache;

  @BeforeEach
  void make() {
    folder = temporary.resolve("cache");
    cache = new DataCache(folder, notes::add);
  }

  private static EncodedRows rows(int count) {
    int[] ids = new int[count];
    for (int r = 0; r < count; r++) {
      ids[r] = 31 * r;
    }
    return new EncodedRows(count, List.of(ids), List.of(), Map.of(), Optional.empty());
  }

  private void publish(String key, int count) {
    try (CacheDraft draft = cache.begin(key).orElseThrow()) {
      RowFile train = draft.file("train");
      train.add(rows(count));
      RowFile test = draft.file("test");
      test.add(rows(3));
      draft.publish(
          new EntryInfo("shop", Map.of("train", count)),
          Map.of("train", draft.finish(train), "test", draft.finish(test)),
          "what was learnt",
          TEXT);
    }
  }

  private int trainingRows(String key) {
    try (CacheEntry<String> entry = cache.open(key, TEXT).orElseThrow()) {
      assertThat(entry.state()).isEqualTo("what was learnt");
      PackedRows train = entry.rows().get("train");
      assertThat(train.block(0, train.rowCount()).ids().get(0))
          .isEqualTo(rows(train.rowCount()).ids().get(0));
      assertThat(entry.rows().get("test").rowCount()).isEqualTo(3);
      return train.rowCount();
    }
  }

  @Test
  void whatIsPublishedIsThereForEveryoneAndNothingElseIs() throws IOException {
    assertThat(cache.open(KEY, TEXT)).isEmpty();
    publish(KEY, 400_000); // More than the writer's buffer.
    assertThat(Folders.names(folder)).containsExactly(KEY);
    assertThat(Folders.names(folder.resolve(KEY)))
        .containsExactly("info.bin", "state.bin", "test.rows", "train.rows");
    assertThat(folder.resolve(KEY).resolve("train.rows")).hasSize(400_000 * 4);
    assertThat(trainingRows(KEY)).isEqualTo(400_000);
    assertThat(new DataCache(folder, notes::add).open(KEY, TEXT)).isPresent();
    assertThat(cache.open("4567", TEXT)).isEmpty();
    assertThat(notes).isEmpty();
  }

  @Test
  void toLookAtAnEntryIsNoUseOfIt() throws IOException {
    publish(KEY, 5);
    Path info = folder.resolve(KEY).resolve("info.bin");
    FileTime before = FileTime.from(Instant.parse("2024-03-31T12:00:00Z"));
    Files.setLastModifiedTime(info, before);
    Files.writeString(folder.resolve(KEY).resolve("train.rows"), "damaged");
    assertThat(cache.state(KEY, TEXT)).contains("what was learnt");
    assertThat(Files.getLastModifiedTime(info)).isEqualTo(before);
    assertThat(cache.state("4567", TEXT)).isEmpty();
    Files.writeString(folder.resolve(KEY).resolve("state.bin"), "damaged");
    assertThat(cache.state(KEY, TEXT)).isEmpty();
    assertThat(folder.resolve(KEY)).isDirectory();
    assertThat(notes).isEmpty();
  }

  @Test
  void aDraftThatIsNotPublishedIsNothing() throws IOException {
    try (CacheDraft draft = cache.begin(KEY).orElseThrow()) {
      draft.file("train").add(rows(5));
      assertThat(cache.open(KEY, TEXT)).isEmpty();
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void oneAtATimeMakesAnEntry() {
    try (CacheDraft draft = cache.begin(KEY).orElseThrow();
        CacheDraft other = cache.begin("4567").orElseThrow()) {
      assertThat(cache.begin(KEY)).isEmpty();
      assertThat(notes)
          .containsExactly(
              "this process encodes the same rows into the cache just now: this run encodes its"
                  + " own");
      assertThat(draft).isNotSameAs(other);
    }
    cache.begin(KEY).orElseThrow().close();
  }

  @Test
  void whatAKilledProcessLeftIsClearedAway() throws IOException {
    Files.createDirectories(folder.resolve(".unfinished-" + KEY));
    Files.writeString(folder.resolve(".unfinished-" + KEY).resolve("train.rows"), "half");
    Files.createDirectories(folder.resolve(".unfinished-4567"));
    publish(KEY, 2);
    assertThat(trainingRows(KEY)).isEqualTo(2);
    assertThat(Folders.names(folder)).containsExactly(KEY);
  }

  /** Every byte but those of info.bin, which no run depends on. */
  @Test
  void aByteThatIsAlteredCutOffOrAddedInAnyFileIsNoticedAndTheEntryMadeAnew() throws IOException {
    Map<String, String> reasons =
        Map.of(
            "train.rows", "train.rows has other bytes than were written",
            "test.rows", "test.rows has other bytes than were written",
            "state.bin", "state.bin has other bytes than were written");
    for (var file : reasons.entrySet()) {
      publish(KEY, 7);
      Path path = folder.resolve(KEY).resolve(file.getKey());
      byte[] whole = Files.readAllBytes(path);
      for (int at : new int[] {0, whole.length / 2, whole.length - 1}) {
        byte[] altered = whole.clone();
        altered[at] ^= 4;
        assertDamaged(path, altered, file.getValue());
      }
    }
    publish(KEY, 7);
    Path train = folder.resolve(KEY).resolve("train.rows");
    byte[] whole = Files.readAllBytes(train);
    assertDamaged(
        train, java.util.Arrays.copyOf(whole, 27), "train.rows has 27 bytes, expected 28");
    assertDamaged(
        train, java.util.Arrays.copyOf(whole, 29), "train.rows has 29 bytes, expected 28");
    assertDamaged(
        train.resolveSibling("state.bin"),
        new byte[3],
        "state.bin has other bytes than were written");
    publish(KEY, 7);
    Files.delete(train);
    assertDamaged("train.rows is not there");
    publish(KEY, 7);
    Files.delete(train.resolveSibling("state.bin"));
    assertDamaged("state.bin is not there");
    publish(KEY, 7);
    assertThat(trainingRows(KEY)).isEqualTo(7);
  }

  private void assertDamaged(Path file, byte[] bytes, String reason) throws IOException {
    if (!Files.exists(folder.resolve(KEY))) {
      publish(KEY, 7);
    }
    Files.write(file, bytes);
    assertDamaged(reason);
  }

  private void assertDamaged(String reason) {
    notes.clear();
    assertThat(cache.open(KEY, TEXT)).isEmpty();
    assertThat(notes)
        .containsExactly(
            "the cache's entry %s is damaged (%s): the rows are encoded anew"
                .formatted(folder.resolve(KEY), reason));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aFolderThatCannotBeWrittenIsNotedAndNoMore() throws IOException {
    Files.writeString(folder, "in the way");
    assertThat(cache.open(KEY, TEXT)).isEmpty();
    assertThat(cache.begin(KEY)).isEmpty();
    assertThat(notes)
        .singleElement()
        .asString()
        .startsWith("the cache " + folder + " cannot be written (")
        .endsWith("): nothing is kept");
  }

  @Test
  void theEntriesUsedLongestAgoGoButNoneInUse() throws IOException {
    for (int i = 0; i < 4; i++) {
      publish("key" + i, 1000);
      Path info = folder.resolve("key" + i).resolve("info.bin");
      Files.setLastModifiedTime(info, FileTime.from(Instant.ofEpochSecond(1000 + i)));
    }
    CacheContents contents = new CacheContents(folder);
    List<CacheContents.Listed> listed = contents.list();
    assertThat(listed)
        .extracting(CacheContents.Listed::key)
        .containsExactly("key3", "key2", "key1", "key0");
    CacheContents.Listed last = listed.get(0);
    assertThat(last.info()).isEqualTo(new EntryInfo("shop", Map.of("train", 1000)));
    assertThat(last.lastUsed()).isEqualTo(Instant.ofEpochSecond(1003));
    assertThat(last.inUse()).isFalse();
    long bytes = 0;
    for (String name : Folders.names(folder.resolve("key3"))) {
      bytes += Files.size(folder.resolve("key3").resolve(name));
    }
    assertThat(last.bytes()).isEqualTo(bytes).isGreaterThan(4000);

    assertThat(contents.shrink(4 * bytes))
        .isEqualTo(new CacheContents.Cleared(List.of(), List.of()));
    try (CacheEntry<String> used = cache.open("key0", TEXT).orElseThrow()) {
      // Opened last, so that key1 is the one used longest ago.
      CacheContents.Cleared shrunk = contents.shrink(3 * bytes);
      assertThat(shrunk.deleted()).extracting(CacheContents.Listed::key).containsExactly("key1");
      assertThat(shrunk.bytes()).isEqualTo(bytes);
      CacheContents.Cleared cleared = contents.clear();
      assertThat(cleared.deleted())
          .extracting(CacheContents.Listed::key)
          .containsExactly("key3", "key2");
      assertThat(cleared.left()).extracting(CacheContents.Listed::key).containsExactly("key0");
      assertThat(used.rows().get("train").rowCount()).isEqualTo(1000);
    }
    assertThat(contents.clear().deleted()).hasSize(1);
    assertThat(folder).isEmptyDirectory();
    assertThat(notes).isEmpty();
  }

  @Test
  void anEntryWhoseWordsAreDamagedIsListedWithoutThem() throws IOException {
    publish(KEY, 5);
    Files.writeString(folder.resolve(KEY).resolve("info.bin"), "?");
    assertThat(new CacheContents(folder).list())
        .extracting(CacheContents.Listed::info)
        .containsExactly(new EntryInfo("", Map.of()));
    assertThat(new CacheContents(temporary.resolve("nowhere")).list()).isEmpty();
  }
}
