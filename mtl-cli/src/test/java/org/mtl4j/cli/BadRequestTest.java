package org.mtl4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mtl4j.cli.BrokenShop.FIELDS_REMEDY;
import static org.mtl4j.cli.BrokenShop.NUMBER_REMEDY;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.cli.Cli.Ran;

/**
 * What {@code predict}, {@code evaluate}, {@code recommend} and {@code describe} say of broken
 * input, word for word, and that they leave every file as it was.
 */
class BadRequestTest {
  private static final String USER_REMEDY = "  Write it like {\"user_id\": 196, \"hour\": null}.";

  @TempDir private static Path folder;

  private static BrokenShop shop;

  @BeforeAll
  static void trainOnce() throws IOException {
    shop = BrokenShop.in(folder);
    Ran trained = shop.train();
    assertThat(trained.exitCode()).as(trained.err()).isZero();
  }

  @BeforeEach
  void writeItems() throws IOException {
    file("items.csv", "price\n1\n2\n");
  }

  private static void file(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text);
  }

  private static void assertRefused(Ran ran, Map<String, Long> before, String... lines)
      throws IOException {
    assertThat(shop.said(ran)).isEqualTo(String.join("\n", lines) + "\n");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(files()).isEqualTo(before);
  }

  /** Every file and folder with its size. */
  private static Map<String, Long> files() throws IOException {
    Map<String, Long> files = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.toList()) {
        files.put(folder.relativize(path).toString(), Files.size(path));
      }
    }
    return files;
  }

  private static void predictRefused(String data, String... lines) throws IOException {
    file("new.csv", data);
    Map<String, Long> before = files();
    String[] words = {"predict", "--run", "DIR/run", "--data", "DIR/new.csv", "--output", "DIR/p"};
    assertRefused(shop.mtl(words), before, lines);
  }

  private static void recommendRefused(String user, String... lines) throws IOException {
    Map<String, Long> before = files();
    String[] words = {
      "recommend", "--run", "DIR/run", "--user", user, "--items", "DIR/items.csv", "--k", "1"
    };
    assertRefused(shop.mtl(words), before, lines);
  }

  private static void describeRefused(String data, String... lines) throws IOException {
    file("new.csv", data);
    Map<String, Long> before = files();
    assertRefused(shop.mtl("describe", "DIR/new.csv"), before, lines);
  }

  @Test
  void predictOnFilesThatAreBroken() throws IOException {
    predictRefused(
        "",
        "error: DIR/new.csv: Expected a header line and rows of data, found an empty file.",
        "  Check the file and the path to it.");
    predictRefused(
        "user,price\n",
        "error: DIR/new.csv: Expected at least one row of data, found none.",
        "  Check the file; its first line is taken for the header.");
    predictRefused(
        "user,price\nann,1\nbob\n",
        "error: DIR/new.csv, line 3: Expected 2 fields, as in the header, found 1.",
        FIELDS_REMEDY);
    predictRefused(
        "usr,prize\nann,1\n",
        "error: DIR/new.csv: The source has no column \"user\".",
        "  Did you mean \"usr\"?",
        "error: DIR/new.csv: The source has no column \"price\".",
        "  Did you mean \"prize\"?");
  }

  @Test
  void predictLeavesNothingBehindOfWhatItWroteBeforeAFault() throws IOException {
    String rows = "user,price\n" + "ann,1\n".repeat(9000);
    predictRefused(
        rows + "ann,cheap\n",
        "error: DIR/new.csv, line 9002: The column \"price\" is used as a number, and \"cheap\" is"
            + " not one.",
        NUMBER_REMEDY);
    predictRefused(
        rows + "ann,-inf\n",
        "error: DIR/new.csv, line 9002: The column \"price\" is used as a number: expected a finite"
            + " one of at most 3.4e38, found \"-inf\".",
        "  Leave such rows out by data.where, or add the value to data.source.missing.");
    predictRefused(
        rows + "ann,1,2\n",
        "error: DIR/new.csv, line 9002: Expected 2 fields, as in the header, found 3.",
        FIELDS_REMEDY);
  }

  @Test
  void predictWithAColumnToKeepThatIsNotThere() throws IOException {
    Map<String, Long> before = files();
    Ran ran =
        shop.mtl(
            "predict",
            "--run",
            "DIR/run",
            "--data",
            "DIR/log.csv",
            "--output",
            "DIR/p",
            "--keep",
            "usr");
    assertRefused(
        ran,
        before,
        "error: DIR/log.csv: The source has no column \"usr\".",
        "  Did you mean \"user\"?");
  }

  @Test
  void predictFromARunThatIsNoneOrIntoAFolder() throws IOException {
    Map<String, Long> before = files();
    assertRefused(
        shop.mtl("predict", "--run", "DIR", "--data", "DIR/log.csv", "--output", "DIR/p"),
        before,
        "error: DIR: Expected a run with the file experiment.yaml, found none.",
        "  Give a folder that mtl train wrote, say runs/NAME.");
    assertRefused(
        shop.mtl("predict", "--run", "DIR/run", "--data", "DIR/log.csv", "--output", "DIR/run"),
        before,
        "error: DIR/run: The output is there already, and nothing is ever written over.",
        "  Choose another name, or move the file out of the way.");
  }

  @Test
  void evaluateOnALabelThatItsTaskDoesNotAllow() throws IOException {
    file("new.csv", "user,price,click\nann,1,0\nann,2,7\n");
    Map<String, Long> before = files();
    assertRefused(
        shop.mtl("evaluate", "--run", "DIR/run", "--data", "DIR/new.csv"),
        before,
        "error: DIR/new.csv, line 3: The label of task \"click\" is 0 or 1, found \"7\".",
        "  Name the label values that mean yes in tasks.click.positive.");
  }

  @Test
  void evaluateOnAFileWithoutTheLabelPlacesItInTheRunsExperiment() throws IOException {
    file("new.csv", "user,price\nann,1\n");
    Map<String, Long> before = files();
    // Keys to come move it: every default is in the file.
    int line =
        1 + Files.readAllLines(folder.resolve("run/experiment.yaml")).indexOf("    label: click");
    assertThat(line).isGreaterThan(20);
    assertRefused(
        shop.mtl("evaluate", "--run", "DIR/run", "--data", "DIR/new.csv"),
        before,
        "error: tasks.click.label (DIR/run/experiment.yaml:"
            + line
            + ":5): The expression \"click\" reads the"
            + " column \"click\", which the source does not have.",
        "  Known: price, user.");
  }

  @Test
  void recommendToAUserThatIsNoJsonObject() throws IOException {
    recommendRefused(
        "{\"user\": ",
        "error: --user: Expected a JSON object, found text that is not JSON (line 1, column 10):"
            + " Unexpected end-of-input within/between Object entries.",
        USER_REMEDY);
    recommendRefused(
        "{\"user\": ann}",
        "error: --user: Expected a JSON object, found text that is not JSON (line 1, column 10):"
            + " Unrecognized token 'ann': was expecting (JSON String, Num....",
        USER_REMEDY);
    recommendRefused(
        "{\"user\": \"ann\", \"user\": \"bob\"}",
        "error: --user: Expected a JSON object, found text that is not JSON (line 1, column 23):"
            + " Duplicate field 'user'.",
        USER_REMEDY);
    recommendRefused(
        "{\"user\": \"ann\"} {}",
        "error: --user: Expected a JSON object, found text that is not JSON (line 1, column 17):"
            + " Trailing token (of type START_OBJECT) found after value (....",
        USER_REMEDY);
    recommendRefused(
        "{\"user\": [1, 2]}",
        "error: --user: Expected a number, text, true, false or null as \"user\", found [1,2].",
        USER_REMEDY);
    file("user.json", "[\"ann\"]\n");
    recommendRefused(
        "DIR/user.json",
        "error: --user: Expected a JSON object of columns, found \"[\"ann\"]\".",
        USER_REMEDY);
    recommendRefused(
        "DIR/usr.json",
        "error: --user: Expected a JSON object or the name of a file that holds one, found"
            + " \"DIR/usr.json\", which cannot be read.",
        "  In a shell, put the object in single quotes: --user '{\"user_id\": 196}'.");
  }

  @Test
  void recommendToAUserThatNoFileCanBeNamed() throws IOException {
    recommendRefused(
        "us\0er.json",
        "error: --user: Expected a JSON object or the name of a file that holds one, found"
            + " \"us\\u0000er.json\", which cannot be read.",
        "  In a shell, put the object in single quotes: --user '{\"user_id\": 196}'.");
  }

  @Test
  void recommendToAUserWhoLacksAColumnOrHasTextForANumber() throws IOException {
    recommendRefused(
        "{\"usr\": \"ann\"}",
        "error: The model needs the columns user, which neither the user nor the items have.",
        "  Add them to the user (also for the moment: hour, device) or to the items; null says that"
            + " a value is missing.");
    recommendRefused(
        "{\"user\": \"ann\", \"price\": \"cheap\"}",
        "error: the user's columns: The column \"price\" is used as a number, and \"cheap\" is"
            + " not one.",
        NUMBER_REMEDY);
    recommendRefused(
        "{\"user\": \"ann\", \"price\": 1e99}",
        "error: the user's columns: The column \"price\" is used as a number: expected a finite"
            + " one of at most 3.4e38, found \"1e99\".",
        "  Leave such rows out by data.where, or add the value to data.source.missing.");
  }

  @Test
  void recommendFromItemsThatAreBroken() throws IOException {
    String user = "{\"user\": \"ann\"}";
    file("items.csv", "");
    recommendRefused(
        user,
        "error: DIR/items.csv: Expected a header line and rows of data, found an empty file.",
        "  Check the file and the path to it.");
    file("items.csv", "price\n");
    recommendRefused(
        user,
        "error: DIR/items.csv: Expected at least one row of data, found none.",
        "  Check the file; its first line is taken for the header.");
    file("items.csv", "price\n1\n2,3\n");
    recommendRefused(
        user,
        "error: DIR/items.csv, line 3: Expected 1 field, as in the header, found 2.",
        FIELDS_REMEDY);
    Files.delete(folder.resolve("items.csv"));
    file("item.csv", "price\n1\n");
    recommendRefused(
        user,
        "error: DIR/items.csv: There is no such file (paths are relative); the current directory is"
            + " "
            + Path.of("").toAbsolutePath()
            + ".",
        "  Did you mean \"DIR/item.csv\"?");
  }

  @Test
  void describeSpeaksOfItsOptions() throws IOException {
    describeRefused(
        "a,b\n1\n",
        "error: DIR/new.csv, line 2: Expected 2 fields, as in the header, found 1.",
        "  Mend the row, check --delimiter, or set --on-bad-row skip to leave such rows out.");
    describeRefused(
        "a,b\n1,\"2\n",
        "error: DIR/new.csv, line 2: Expected a closing quote to the record that begins here, found"
            + " the end of the file.",
        "  Close every quote, double a quote inside a quoted field, or check --delimiter.");
    describeRefused(
        "",
        "error: DIR/new.csv: Expected a header line and rows of data, found an empty file.",
        "  Check the file and the path to it.");
    Files.writeString(folder.resolve("new.csv"), "a\nü\n", StandardCharsets.ISO_8859_1);
    Map<String, Long> before = files();
    assertRefused(
        shop.mtl("describe", "DIR/new.csv"),
        before,
        "error: DIR/new.csv, line 2, column 1: Expected text in UTF-8, found the bytes fc.",
        "  Set --encoding to the file's own, say ISO-8859-1 or windows-1252.");
    Files.writeString(folder.resolve("new.csv"), "a\nb\n", StandardCharsets.UTF_16);
    before = files();
    assertRefused(
        shop.mtl("describe", "DIR/new.csv"),
        before,
        "error: DIR/new.csv: Expected UTF-8, found the byte order mark of UTF-16.",
        "  Set --encoding UTF-16.");
  }

  @Test
  void describeCanSkipRowsToo() throws IOException {
    file("new.csv", "a,b\n1\n1,2\n1,2,3\n");
    Ran ran = shop.mtl("describe", "DIR/new.csv", "--on-bad-row", "skip", "--json");
    shop.assertWarned(
        ran,
        "warning: 2 bad rows were left out: DIR/new.csv, line 2 (1 field); DIR/new.csv, line 4 (3"
            + " fields).");
    assertThat(ran.json().get("rows").asInt()).isEqualTo(1);
    Map<String, Long> before = files();
    assertRefused(
        shop.mtl("describe", "DIR/new.csv", "--on-bad-row", "skip", "--max-bad-rows", "1"),
        before,
        "error: DIR/new.csv, line 4: Expected at most 1 row of other than 2 fields, as in the"
            + " header, found one more, of 3.",
        "  Check --delimiter; if so many rows are bad indeed, raise --max-bad-rows.");
  }

  @Test
  void rowsThatPredictAndRecommendSkipAreSaidToo() throws IOException {
    Path experiment = shop.run().resolve("experiment.yaml");
    String yaml = Files.readString(experiment);
    try {
      Files.writeString(experiment, yaml.replace("on_bad_row: error", "on_bad_row: skip"));
      file("new.csv", "user,price\nann,1\nann\nbob,2\n");
      shop.assertWarned(
          shop.mtl("predict", "--run", "DIR/run", "--data", "DIR/new.csv", "--output", "DIR/out"),
          "warning: 1 bad row was left out: DIR/new.csv, line 3 (1 field).");
      assertThat(folder.resolve("out")).content().startsWith("row,click\n0,").contains("\n1,");
      Files.delete(folder.resolve("out"));
      file("items.csv", "price\n1\n2,3\n");
      shop.assertWarned(
          shop.mtl(
              "recommend",
              "--run",
              "DIR/run",
              "--user",
              "{\"user\": \"ann\"}",
              "--items",
              "DIR/items.csv"),
          "warning: 1 bad row was left out: DIR/items.csv, line 3 (2 fields).");
    } finally {
      Files.writeString(experiment, yaml);
    }
  }
}
