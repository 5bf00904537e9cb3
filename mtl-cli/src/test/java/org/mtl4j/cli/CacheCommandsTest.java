package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;
import org.mtl4j.testkit.Folders;

/** {@code mtl train --cache} and {@code mtl cache}. */
class CacheCommandsTest {
  @TempDir private Path folder;

  private Ran train(TinyShop shop, String run, String... more) {
    List<String> words = new ArrayList<>();
    words.addAll(List.of("train", shop.experiment().toString()));
    words.addAll(List.of("--output", folder.resolve(run).toString()));
    words.addAll(List.of(more));
    Ran ran = Cli.run(words.toArray(String[]::new));
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    return ran;
  }

  @Test
  void rowsAreKeptListedAndDeleted() throws IOException {
    TinyShop shop = TinyShop.in(folder);
    // A name that YAML would take for something else.
    Path cache = folder.resolve("it's: [a cache]");
    train(shop, "none", "--no-cache");
    assertThat(cache).doesNotExist();
    train(shop, "first", "--cache", cache.toString());
    String key = Folders.names(cache).get(0);
    Ran second = train(shop, "second", "--cache", cache.toString());
    assertThat(second.err()).contains("encoded rows come from the cache, entry " + key);

    Ran listed = Cli.run("cache", "list", "--cache", cache.toString());
    assertThat(listed.exitCode()).isZero();
    List<String> lines = listed.out().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).matches("entry +experiment +rows +size +last used");
    assertThat(lines.get(1))
        .matches(key + " +shop +500 +0\\.\\d MB +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d");
    assertThat(lines.get(2)).matches("1 entry, 0\\.\\d MB, in \\Q" + cache + "\\E");
    JsonNode json = Cli.run("cache", "list", "--cache", cache.toString(), "--json").json();
    assertThat(json.at("/entries/0/name").asText()).isEqualTo(key);
    assertThat(json.at("/entries/0/experiment").asText()).isEqualTo("shop");
    assertThat(json.at("/entries/0/in_use").asBoolean()).isFalse();
    long rows = 0;
    for (JsonNode count : json.at("/entries/0/rows")) {
      rows += count.asLong();
    }
    assertThat(rows).isEqualTo(500);
    long bytes = json.at("/entries/0/bytes").asLong();
    assertThat(bytes).isPositive().isEqualTo(json.get("bytes").asLong());

    JsonNode cleared = Cli.run("cache", "clear", "--cache", cache.toString(), "--json").json();
    assertThat(cleared.get("freed_bytes").asLong()).isEqualTo(bytes);
    assertThat(cleared.at("/deleted/0/name").asText()).isEqualTo(key);
    assertThat(cleared.get("left")).isEmpty();
    assertThat(cache).isEmptyDirectory();
    Ran nothing = Cli.run("cache", "clear", "--cache", cache.toString());
    assertThat(nothing.out().strip()).isEqualTo("freed 0.0 MB of 0 entries in " + cache);
  }

  @Test
  void whatMayBeOfAUserIsForgottenAndNothingElse() throws IOException {
    TinyShop shop = TinyShop.in(folder);
    Path cache = folder.resolve("cache");
    train(shop, "first", "--cache", cache.toString());
    String key = Folders.names(cache).get(0);
    Ran stranger = forget("nobody", "user", cache);
    assertThat(stranger.exitCode()).isZero();
    assertThat(stranger.json().get("deleted")).isEmpty();
    assertThat(cache.resolve(key)).isDirectory();
    JsonNode known = forget("u3", "user", cache).json();
    assertThat(known.at("/deleted/0/name").asText()).isEqualTo(key);
    assertThat(cache).isEmptyDirectory();
  }

  @Test
  void whereNobodyNotedTheColumnTheUserMayBeThere() throws IOException {
    Path cache = folder.resolve("cache");
    train(TinyShop.in(folder), "first", "--cache", cache.toString());
    assertThat(forget("nobody", "mood", cache).json().get("deleted")).hasSize(1);
  }

  private static Ran forget(String user, String column, Path cache) {
    return Cli.run(
        "cache",
        "forget",
        "--user",
        user,
        "--column",
        column,
        "--cache",
        cache.toString(),
        "--json");
  }

  @Test
  void aSaltThatIsNotSetIsRefused() {
    Ran ran =
        Cli.run(
            "cache",
            "forget",
            "--user",
            "u3",
            "--column",
            "user",
            "--cache",
            "x",
            "--salt",
            "MTL4J_NOT_SET");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .contains(
            "--salt MTL4J_NOT_SET: Expected a variable of the environment with a salt: expected at"
                + " least 16 characters, found 0.");
  }

  @Test
  void whereTheVariableSaysOffAFolderHasToBeNamed() {
    for (String command : List.of("list", "clear")) {
      Ran ran = Cli.run("cache", command);
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err().strip())
          .isEqualTo(
              "error: mtl cache: The variable MTL_CACHE says off: name a folder by --cache.");
    }
  }

  @Test
  void aCacheAndNoneIsOneTooMany() {
    Ran ran = Cli.run("train", "x.yaml", "--cache", "here", "--no-cache");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("--cache").contains("--no-cache");
  }
}
