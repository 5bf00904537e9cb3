package org.mtl4j.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;

class ApiKeysTest {
  /** {@code printf %s abc | sha256sum}; FIPS 180-4's own example. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  /** {@code printf %s other | sha256sum}. */
  private static final String OTHER =
      "d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53a54f2f3f5b2fcffa";

  @TempDir private Path folder;

  @Test
  void aKeysOwnerIsTheOneWhoseLineHasItsHash() {
    ApiKeys keys = ApiKeys.read("keys", List.of("# shops", "", "shop  " + ABC, "web " + OTHER));
    assertThat(keys.owner("abc")).contains("shop");
    assertThat(keys.owner("other")).contains("web");
    for (String nobodys : List.of("", "ab", "abcd", "ABC", ABC, "abc ")) {
      assertThat(keys.owner(nobodys)).as(nobodys).isEmpty();
    }
  }

  @Test
  void allLinesThatAreNoKeysAreNamedAndNoneIsRepeated() {
    assertThatThrownBy(
            () ->
                ApiKeys.read(
                    "keys",
                    List.of("shop secret-in-the-clear", "a " + ABC, "b " + ABC, "c " + ABC + "0")))
        .isInstanceOfSatisfying(
            MtlException.class,
            e -> {
              assertThat(e.problems())
                  .extracting(problem -> problem.where())
                  .containsExactly("keys:1", "keys:3", "keys:4");
              assertThat(e.problems())
                  .allMatch(problem -> problem.code() == ErrorCode.CONFIG_SYNTAX);
            })
        .hasMessageNotContaining("secret");
    assertThatThrownBy(() -> ApiKeys.read("keys", List.of("# none")))
        .hasMessageContaining("expected at least one key");
  }

  @Test
  void aFileThatChangesIsReadAgainAndABrokenOneIsNot() throws IOException {
    Path file = folder.resolve("keys");
    Files.writeString(file, "shop " + ABC + "\n");
    AtomicLong nanos = new AtomicLong();
    KeyFile keys = new KeyFile(file, nanos::get);
    Files.writeString(file, "shop " + ABC + "\nweb " + OTHER + "\n");
    assertThat(keys.keys().owner("other")).isEmpty(); // not looked at yet
    nanos.addAndGet(1_000_000_000L);
    assertThat(keys.keys().owner("other")).contains("web");
    Files.writeString(file, "broken");
    nanos.addAndGet(1_000_000_000L);
    assertThat(keys.keys().owner("abc")).contains("shop");
    Files.delete(file);
    nanos.addAndGet(1_000_000_000L);
    assertThat(keys.keys().owner("abc")).contains("shop");
    Files.writeString(file, "web " + OTHER);
    nanos.addAndGet(1_000_000_000L);
    assertThat(keys.keys().owner("abc")).isEmpty();
    assertThat(keys.keys().owner("other")).contains("web");
    assertThatThrownBy(() -> new KeyFile(folder.resolve("none"), nanos::get))
        .isInstanceOfSatisfying(
            MtlException.class,
            e -> assertThat(e.problems().get(0).code()).isEqualTo(ErrorCode.FILE_MISSING));
  }
}
