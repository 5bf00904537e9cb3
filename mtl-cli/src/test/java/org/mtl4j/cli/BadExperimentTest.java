package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.mtl4j.cli.Cli.Ran;

/** What {@code mtl train} says of experiment files that are broken, word for word. */
class BadExperimentTest extends BrokenShopTest {
  private static final String DEPTH_REMEDY =
      "  Close the brackets and braces before it, or look at the indentation.";
  private static final String YAML_REMEDY =
      "  Look at the indentation, the colons and the quotes there and on the line before.";

  @Test
  void aFileThatIsNotThereOrIsAFolder() {
    shop.assertRefused(
        shop.mtl("train", "DIR/brokn.yaml"),
        "error: DIR/brokn.yaml: There is no such file.",
        "  Did you mean \"DIR/broken.yaml\"?");
    shop.assertRefused(
        shop.mtl("train", "DIR"),
        "error: DIR: Expected a file, found a folder.",
        "  Name the experiment file in it.");
  }

  @Test
  void anEmptyFile() throws IOException {
    shop.yaml("# Nothing yet.\n");
    assertRefused(
        "error: DIR/broken.yaml:1:1: The key \"name\" is missing here.",
        "error: DIR/broken.yaml:1:1: The key \"data\" is missing here.",
        "error: DIR/broken.yaml:1:1: The key \"features\" is missing here.",
        "error: DIR/broken.yaml:1:1: The key \"tasks\" is missing here.");
  }

  @Test
  void aFileOfUtf16OrLatin1() throws IOException {
    String yaml = "name: a\ndata: größe\n";
    Files.writeString(shop.experiment(), yaml, StandardCharsets.UTF_16);
    assertRefused(
        "error: DIR/broken.yaml, line 1, column 1: Expected text in UTF-8, found the bytes fe.",
        "  Save the file in UTF-8.");
    Files.writeString(shop.experiment(), yaml, StandardCharsets.ISO_8859_1);
    assertRefused(
        "error: DIR/broken.yaml, line 2, column 9: Expected text in UTF-8, found the bytes f6.",
        "  Save the file in UTF-8.");
  }

  @Test
  void aFileThatIsNoText() throws IOException {
    Files.write(shop.experiment(), new byte[] {'a', ':', ' ', 0, 1, 2, '\n'});
    assertRefused(
        "error: DIR/broken.yaml:1:4: Expected text, found the character U+0000.",
        "  An experiment is a text file in UTF-8.");
  }

  @Test
  void aByteOrderMarkDoesNoHarm() throws IOException {
    shop.yaml("\uFEFF" + Files.readString(shop.experiment()).replace("name", "nam"));
    assertRefused(
        "error: nam (DIR/broken.yaml:1:1): There is no key \"nam\" here.",
        "  Did you mean \"name\"?",
        "error: DIR/broken.yaml:1:1: The key \"name\" is missing here.");
  }

  @Test
  void whatIsNotYaml() throws IOException {
    shop.with("epochs: 1", "epochs: [1");
    assertRefused(
        "error: DIR/broken.yaml:14:49: This is not YAML: expected ',' or ']', but got }.",
        YAML_REMEDY);
    shop.with("epochs: [1", "epochs: 1").with("  split:", "\tsplit:");
    assertRefused(
        "error: DIR/broken.yaml:7:1: This is not YAML: found character '\\t(TAB)' that cannot start"
            + " any token. (Do not use \\t(TAB) for indentation).",
        YAML_REMEDY);
    shop.yaml("- a\n- b\n");
    assertRefused("error: DIR/broken.yaml: Expected a map of keys, found a list.");
  }

  @Test
  void aFileNestedDeeplierThanAnyoneWrites() throws IOException {
    shop.yaml("a: " + "[".repeat(100_000) + "]".repeat(100_000));
    assertRefused(
        "error: DIR/broken.yaml:1:54: Expected a value inside at most 50 maps and lists, found one"
            + " inside more.",
        DEPTH_REMEDY);
    StringBuilder blocks = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      blocks.append(" ".repeat(i)).append("a:\n");
    }
    shop.yaml(blocks.toString());
    assertRefused(
        "error: DIR/broken.yaml:51:51: Expected a value inside at most 50 maps and lists, found one"
            + " inside more.",
        DEPTH_REMEDY);
  }

  @Test
  void manyFaultsAreSaidAtOnceEachWithTheNearestName() throws IOException {
    shop.yaml(
        """
        name: broken
        sed: 3
        data:
          source: {type: csv, pth: DIR/log.csv}
          where: price >
          split: {by: evry, test: 4}
        features:
          user: {type: categorical, dim: wide}
          price: {type: number}
        tasks:
          click: {type: binary, label: click, loss_weight: -1}
        model: {type: mmo, experts: 2}
        training: {epochs: 1.5, batch_size: 0, threads: yes, optimizer: adam}
        """);
    assertRefused(
        "error: sed (DIR/broken.yaml:2:1): There is no key \"sed\" here.",
        "  Did you mean \"seed\"?",
        "error: data.where (DIR/broken.yaml:5:3): The expression \"price >\" cannot be read at"
            + " character 8: expected a value, found the end.",
        "error: data.split.by (DIR/broken.yaml:6:11): Expected one of column, every, files, group,"
            + " leave_last_out, order, random, time, found \"evry\".",
        "  Did you mean \"every\"?",
        "error: features.user.dim (DIR/broken.yaml:8:29): Expected a whole number, found \"wide\".",
        "error: features.price.type (DIR/broken.yaml:9:11): Expected one of categorical,"
            + " cross, datetime, multi_categorical, numeric, pretrained, sequence, text, found \"number\".",
        "error: tasks.click.loss_weight (DIR/broken.yaml:11:39): Expected a number from 0 to"
            + " 3.4e38, found -1.0.",
        "error: training.epochs (DIR/broken.yaml:13:12): Expected a whole number, found \"1.5\".",
        "error: training.optimizer (DIR/broken.yaml:13:54): Expected a map with the key \"type\","
            + " found \"adam\".",
        "  Write {type: adam}.",
        "error: training.threads (DIR/broken.yaml:13:40): Expected a whole number, found \"yes\".",
        "error: model.type (DIR/broken.yaml:12:1): There is no model \"mmo\".",
        "  Did you mean \"mmoe\"?");
  }

  @Test
  void valuesAreQuotedInShort() throws IOException {
    shop.with("epochs: 1", "epochs: " + "many ".repeat(1000));
    assertRefused(
        "error: training.epochs (DIR/broken.yaml:14:12): Expected a whole number, found \""
            + "many ".repeat(11)
            + "ma...\".");
  }

  @Test
  void aVariableOfTheEnvironmentThatIsNotSet() throws IOException {
    shop.with("log.csv", "${env:MTL4J_NOT_SET}.csv");
    assertRefused(
        "error: data.source.path (DIR/broken.yaml:5:5): The environment variable"
            + " \"MTL4J_NOT_SET\" is not set.",
        "  Set it before the start, or write the value in its place.");
  }

  @Test
  void overridesThatAreNonsense() {
    refused(
        "seed",
        "error: mtl train: Value for option '--set' (KEY=VALUE) should be in"
            + " KEY=VALUE format but was seed.",
        "  See mtl train --help.");
    refused(
        "=3",
        "error: --set: Expected keys joined by dots, found \"\".",
        "  Write it like tasks.income.loss_weight=2.");
    refused(
        "training.epochs=",
        "error: training.epochs (--set training.epochs): Expected a whole"
            + " number, found nothing.");
    refused(
        "training.epoch=3",
        "error: training.epoch (--set training.epoch): There is no key \"epoch\" here.",
        "  Did you mean \"epochs\"?");
    refused(
        "training.epochs=[3",
        "error: --set training.epochs: This is not YAML: expected ',' or ']', but got <stream"
            + " end>.",
        YAML_REMEDY);
    refused(
        "name.first=x",
        "error: --set name.first: Expected a map or a list at name (DIR/broken.yaml:1:1), found"
            + " \"broken\".",
        "  To replace the whole, set the key itself.");
    refused(
        "a" + ".a".repeat(9_999) + "=1",
        "error: --set: Expected at most 50 keys joined by dots, found 10000.");
    refused(
        "a=" + "[".repeat(10_000),
        "error: --set a: Expected a value inside at most 50 maps and lists, found one inside more.",
        DEPTH_REMEDY);
    refused(
        "tasks.click.label=price",
        "error: DIR/log.csv, line 3: The label of task \"click\" is 0 or 1, found \"2\".",
        "  Name the label values that mean yes in tasks.click.positive.");
  }

  private void refused(String override, String... lines) {
    shop.assertRefused(shop.train("--set", override), lines);
  }

  @Test
  void anExpressionThatReadsAnUnknownColumnOrJoinsTextAndNumbers() throws IOException {
    shop.with("label: click", "label: clik == 1").with("  split", "  where: prise > 1\n  split");
    assertRefused(
        "error: data.where (DIR/broken.yaml:7:3): The expression \"prise > 1\" reads the column \"prise\", which the"
            + " source does not have.",
        "  Did you mean \"price\"?");
    shop.with("  where: prise > 1\n", "  columns: {dear: 'price > ''much'''}\n");
    assertRefused(
        "error: data.columns.dear (DIR/broken.yaml:7:13): The expression \"price > 'much'\" needs a number for >, and"
            + " 'much' is text.",
        "  Text is compared by ==, != and in, with 'text' in quotes; all else takes numbers.");
    shop.with("  columns: {dear: 'price > ''much'''}\n", "");
    assertRefused(
        "error: tasks.click.label (DIR/broken.yaml:12:25): The expression \"clik == 1\" reads the column \"clik\", which"
            + " the source does not have.",
        "  Did you mean \"click\"?");
  }

  @Test
  void featuresAndTablesWhoseNamesNoGraphCanHave() throws IOException {
    shop.with("  price:", "  größe: {type: numeric, column: price}\n  price:");
    assertRefused(
        "error: features.größe (DIR/broken.yaml:10:3): Expected a name of the letters a to z, digits,"
            + " _, - and ., not beginning with a sign, found \"größe\".",
        "  Give it such a name; a feature reads its column by the key column.");
    shop.with("  größe: {type: numeric", "  size: {type: categorical, table: 'a/b'");
    assertRefused(
        "error: features.size.table (DIR/broken.yaml:10:29): Expected a name of the letters a to z,"
            + " digits, _, - and ., not beginning with a sign, found \"a/b\".",
        "  Give it such a name; a feature reads its column by the key column.");
  }

  @Test
  void anExpressionOfTenThousandParenthesesOrOperators() throws IOException {
    shop.with("label: click", "label: " + "(".repeat(10_000) + "click" + ")".repeat(10_000));
    assertRefused(
        "error: tasks.click.label (DIR/broken.yaml:12:25): The expression \"..."
            + "(".repeat(160)
            + "...\" cannot be read at character 202: it is nested more than 200 deep.");
    shop.with("(".repeat(10_000) + "click" + ")".repeat(10_000), "click" + " + 1".repeat(10_000));
    assertRefused(
        "error: tasks.click.label (DIR/broken.yaml:12:25): The expression \"..."
            + "1 + ".repeat(40)
            + "...\" cannot be read at character 2009: it has more than 500 operators.",
        "  Write x in (1, 2, ...) for a long choice of values, or derive a column first.");
  }

  @Test
  void anIdOfMoreDigitsThanANumberHolds() throws IOException {
    shop.with("  split", "  where: user != 9007199254740993\n  split");
    assertRefused(
        "error: data.where (DIR/broken.yaml:7:3): The expression \"user != 9007199254740993\""
            + " cannot be read at character 6: expected numbers below 2^53, about 9.0e15, to"
            + " compare for equality.",
        "  Larger ones do not keep all their digits: compare an id with text, '...' in quotes.");
  }

  @Test
  void aVariableOfTheEnvironmentIsNotWrittenDownExpanded() throws IOException {
    String secret = System.getenv("PATH"); // Set on every machine.
    assertThat(secret).isNotBlank();
    shop.source("missing: [\"${env:PATH}\"]");
    Ran ran = shop.train();
    assertThat(ran.exitCode()).as(ran.err()).isZero();
    for (String name : new String[] {"experiment.yaml", "report.html"}) {
      assertThat(Files.readString(shop.run().resolve(name)))
          .as(name)
          .contains("${env:PATH}")
          .doesNotContain(secret);
    }
    Ran resumed = shop.train("--resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    // Neither predicting nor evaluating asks for a variable that it does not need.
    Path experiment = shop.run().resolve("experiment.yaml");
    Files.writeString(
        experiment,
        Files.readString(experiment)
            .replace("${env:PATH}", "${env:MTL4J_NOT_SET}")
            .replace("epochs: 1", "epochs: ${env:MTL4J_NOT_SET}"));
    assertThat(experiment).content().contains("epochs: ${env:MTL4J_NOT_SET}");
    Ran predicted =
        shop.mtl("predict", "--run", "DIR/run", "--data", "DIR/log.csv", "--output", "DIR/p.csv");
    assertThat(predicted.exitCode()).as(predicted.err()).isZero();
    Files.writeString(
        experiment, Files.readString(experiment).replace("dim: 2", "dim: ${env:MTL4J_NOT_SET}"));
    assertThat(experiment).content().contains("dim: ${env:MTL4J_NOT_SET}");
    Ran evaluated = shop.mtl("evaluate", "--run", "DIR/run", "--data", "DIR/log.csv");
    assertThat(evaluated.exitCode()).as(evaluated.err()).isZero();
    assertThat(evaluated.out()).contains("8 rows");
  }
}
