package org.mtl4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;

class ConfigFileTest {
  private static ConfigFile parse(String text) {
    return ConfigFile.parse(text, "a.yaml", Map.of("HOME", "/home/ada", "YES", "true")::get);
  }

  private static ConfigNode at(ConfigFile file, String path) {
    ConfigNode node = file.root();
    for (String key : path.split("\\.", -1)) {
      node =
          node instanceof ConfigNode.Sequence list
              ? list.items().get(Integer.parseInt(key))
              : ((ConfigNode.Mapping) node).entries().get(key);
    }
    return node;
  }

  private static String text(ConfigFile file, String path) {
    return ((ConfigNode.Scalar) at(file, path)).text();
  }

  private static void assertRefused(ErrorCode code, String text, String message) {
    MtlException error = catchThrowableOfType(MtlException.class, () -> parse(text));
    assertThat(error).as(text).isNotNull();
    assertThat(error.code()).isEqualTo(code);
    assertThat(error).hasMessage(message);
  }

  @Test
  void valuesStayAsTheyWereTyped() {
    ConfigFile file =
        parse("a: no\nb: 012\nc: 1e3\nd: 2026-01-01\ne: 'yes'\nf: NULL\ng: 1_000\nh: 0x10\n");
    assertThat(file.root().entries().values())
        .extracting(node -> ((ConfigNode.Scalar) node).text())
        .containsExactly("no", "012", "1e3", "2026-01-01", "yes", "NULL", "1_000", "0x10");
    assertThat(file.problems().list()).isEmpty();
  }

  @Test
  void keysKeepTheirOrderAndTheirSpelling() {
    assertThat(parse("zebra: 1\nno: 2\n'a b': 3\n012: 4\n").root().entries().keySet())
        .containsExactly("zebra", "no", "a b", "012");
  }

  @Test
  void nodesKnowTheirPathAndPlace() {
    ConfigFile file = parse("tasks:\n  income: {type: binary,\n    positive: [a, b]}\n");
    assertThat(at(file, "tasks").where()).isEqualTo("tasks (a.yaml:1:1)");
    assertThat(at(file, "tasks.income.type").where()).isEqualTo("tasks.income.type (a.yaml:2:12)");
    assertThat(at(file, "tasks.income.positive.1").where())
        .isEqualTo("tasks.income.positive.1 (a.yaml:3:19)");
    assertThat(file.root().where()).isEqualTo("a.yaml:1:1");
  }

  @Test
  void aPathIsFoundWhateverDotsItsNamesHold() {
    ConfigNode.Mapping root = parse("f:\n  a: {b: 1}\n  a.b: {c: 2}\n").root();
    assertThat(root.whereIs("f.a.b.c")).isEqualTo("f.a.b.c (a.yaml:3:9)");
    assertThat(root.whereIs("f.a.b")).isEqualTo("f.a.b (a.yaml:2:7)");
    assertThat(root.whereIs("f.a.c")).isEqualTo("f.a.c");
    assertThat(root.whereIs("table f")).isEqualTo("table f");
  }

  @Test
  void nothingIsAnEmptyValueATildeOrNull() {
    ConfigFile file = parse("a:\nb: ~\nc: null\nd: ''\n");
    assertThat(file.root().entries().values())
        .filteredOn(ConfigNode.Null.class::isInstance)
        .hasSize(3);
    assertThat(text(file, "d")).isEmpty();
  }

  @Test
  void anEmptyFileIsAnEmptyMap() {
    assertThat(parse("").root().entries()).isEmpty();
    assertThat(parse("# nothing yet\n").root().entries()).isEmpty();
  }

  @Test
  void aliasesAndMergeKeysAreResolved() {
    ConfigFile file = parse("base: &b {dim: 8, min_count: 1}\nx: *b\ny: {<<: *b, dim: 16}\n");
    assertThat(at(file, "x")).isEqualTo(at(file, "base"));
    assertThat(at(file, "x.dim").path()).isEqualTo("x.dim");
    assertThat(text(file, "y.dim")).isEqualTo("16");
    assertThat(text(file, "y.min_count")).isEqualTo("1");
    assertThat(file.problems().list()).isEmpty();
  }

  @Test
  void nodesAreEqualByWhatTheySay() {
    assertThat(parse("a: [1, {b: ~}]\nc: 'x'").root())
        .isEqualTo(parse("\n\na:\n  - '1'\n  - {b: null}\nc: x\n").root())
        .hasSameHashCodeAs(parse("a: [1, {b: }]\nc: x").root())
        .isNotEqualTo(parse("a: [1, {b: 0}]\nc: x").root());
  }

  @Test
  void environmentVariablesAreReplacedAnywhereInAValue() {
    ConfigFile file = parse("path: ${env:HOME}/data\nboth: '${env:YES}-${env:YES}'\n");
    assertThat(text(file, "path")).isEqualTo("/home/ada/data");
    assertThat(text(file, "both")).isEqualTo("true-true");
  }

  @Test
  void variablesThatAreNotSetAndKeysThatStandTwiceAreReportedTogether() {
    ConfigFile file = parse("path: ${env:NOWHERE}/x\nseed: 1\nseed: 2\n");
    assertThat(file.problems().list())
        .containsExactly(
            new Problem(
                ErrorCode.CONFIG_VALUE,
                "path (a.yaml:1:1)",
                "The environment variable \"NOWHERE\" is not set.",
                "Set it before the start, or write the value in its place."),
            Problem.of(
                ErrorCode.CONFIG_SYNTAX,
                "seed (a.yaml:3:1)",
                "The key \"seed\" stands twice in one map; the first is at a.yaml:2:1."));
  }

  @Test
  void keysThatAreNoNamesAndTagsAreReported() {
    assertThat(parse("? [a, b]\n: 1\nc: !secret x\n").problems().list())
        .extracting(Problem::toString)
        .containsExactly(
            "a.yaml:1:3: Expected a name as a key, found a list or a map.",
            "c (a.yaml:3:1): Expected a value without a tag, found the tag !secret.");
  }

  @Test
  void whatIsNotYamlIsRefusedAtItsLine() {
    String remedy =
        " Look at the indentation, the colons and the quotes there and on the line before.";
    assertRefused(
        ErrorCode.CONFIG_SYNTAX,
        "a: 1\nb: [1, 2\nc: 3\n",
        "a.yaml:3:2: This is not YAML: expected ',' or ']', but got :." + remedy);
    assertRefused(
        ErrorCode.CONFIG_SYNTAX,
        "where: a == 'x': y\n",
        "a.yaml:1:16: This is not YAML: mapping values are not allowed here." + remedy);
  }

  @Test
  void aFileThatIsNoMapIsRefused() {
    assertRefused(
        ErrorCode.CONFIG_TYPE, "- a\n- b\n", "a.yaml: Expected a map of keys, found a list.");
    assertRefused(
        ErrorCode.CONFIG_TYPE, "hello", "a.yaml: Expected a map of keys, found \"hello\".");
  }

  @Test
  void aliasesThatNeverEndAreRefused() {
    assertRefused(
        ErrorCode.CONFIG_SYNTAX,
        "a: &a\n  b: *a\n",
        "a.b (a.yaml:2:3): The alias stands inside what it repeats.");
    StringBuilder bomb = new StringBuilder("a0: &a0 [1, 1]\n");
    for (int i = 1; i <= 20; i++) {
      bomb.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
    }
    assertThat(catchThrowableOfType(MtlException.class, () -> parse(bomb.toString())))
        .hasMessageEndingWith("There are more than 100000 values, aliases counted at each use.");
  }

  @Test
  void whatIsNestedTooDeepIsRefusedWhereItBegins() {
    // A value in 49 lists and the map.
    assertThat(parse("a: " + "[".repeat(49) + "1" + "]".repeat(49))).isNotNull();
    assertRefused(
        ErrorCode.CONFIG_SYNTAX,
        "b: 1\na: " + "[".repeat(50) + "1" + "]".repeat(50),
        "a.yaml:2:54: Expected a value inside at most 50 maps and lists, found one inside more."
            + " Close the brackets and braces before it, or look at the indentation.");
  }

  @Test
  void aFaultWhosePlaceIsNotKnownIsGivenNone() {
    String tooLong = "a: 1\n# " + "x".repeat(4 << 20) + "\nb: 2\n";
    assertThat(catchThrowableOfType(MtlException.class, () -> parse(tooLong)))
        .hasMessageStartingWith("a.yaml: This is not YAML: The incoming YAML document exceeds");
  }

  @Test
  void filesAreReadInUtf8(@TempDir Path folder) throws IOException {
    Path path = folder.resolve("a.yaml");
    Files.writeString(path, "name: größe\n");
    assertThat(text(ConfigFile.read(path), "name")).isEqualTo("größe");
    Files.write(path, "name: größe\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(catchThrowableOfType(MtlException.class, () -> ConfigFile.read(path)))
        .hasMessage(
            path
                + ", line 1, column 9: Expected text in UTF-8, found the bytes f6. Save the file in"
                + " UTF-8.");
  }

  @Test
  void aFileThatIsNotThereIsNamed(@TempDir Path folder) {
    Path path = folder.resolve("none.yaml");
    MtlException error = catchThrowableOfType(MtlException.class, () -> ConfigFile.read(path));
    assertThat(error).hasMessage(path + ": There is no such file. Check the path.");
    assertThat(error.code()).isEqualTo(ErrorCode.FILE_MISSING);
    MtlException directory =
        catchThrowableOfType(MtlException.class, () -> ConfigFile.read(folder));
    assertThat(directory.code()).isEqualTo(ErrorCode.FILE_MISSING);
  }

  @Test
  void overridesReplaceAddAndMakeMaps() {
    ConfigFile file =
        parse("seed: 1\nmodel: {type: mmoe, layers: [64, 32]}\nempty:\n")
            .withOverride("seed", "7")
            .withOverride("model.layers.1", "16")
            .withOverride("model.type", "{a: [1, 2]}")
            .withOverride("training.optimizer.learning_rate", "0.1")
            .withOverride("empty.x", "'no'")
            .withOverride("path", "${env:HOME}");
    assertThat(file.root())
        .isEqualTo(
            parse(
                    """
                    seed: 7
                    model: {type: {a: [1, 2]}, layers: [64, 16]}
                    empty: {x: no}
                    training: {optimizer: {learning_rate: 0.1}}
                    path: /home/ada
                    """)
                .root());
    assertThat(at(file, "training.optimizer.learning_rate").where())
        .isEqualTo("training.optimizer.learning_rate (--set training.optimizer.learning_rate)");
    assertThat(at(file, "model.type.a.1").path()).isEqualTo("model.type.a.1");
  }

  @Test
  void overridesThatLeadNowhereAreRefused() {
    ConfigFile file = parse("seed: 1\nlayers: [64, 32]\n");
    String remedy = " To replace the whole, set the key itself.";
    assertOverride(
        file,
        "seed.x",
        "1",
        "--set seed.x: Expected a map or a list at seed (a.yaml:1:1), found \"1\"." + remedy);
    assertOverride(
        file,
        "layers.2",
        "1",
        "--set layers.2: Expected an index below 2 into the list at layers (a.yaml:2:1), found"
            + " \"2\"."
            + remedy);
    assertOverride(
        file,
        "layers.x",
        "1",
        "--set layers.x: Expected an index below 2 into the list at layers (a.yaml:2:1), found"
            + " \"x\"."
            + remedy);
    assertOverride(
        file,
        "a..b",
        "1",
        "--set a..b: Expected keys joined by dots, found \"a..b\". Write it like"
            + " tasks.income.loss_weight=2.");
    assertOverride(
        file,
        "layers",
        "[1",
        "--set layers: This is not YAML: expected ',' or ']', but got <stream end>. Look at the"
            + " indentation, the colons and the quotes there and on the line before.");
  }

  private static void assertOverride(ConfigFile file, String path, String value, String message) {
    assertThat(catchThrowableOfType(MtlException.class, () -> file.withOverride(path, value)))
        .hasMessage(message);
  }
}
