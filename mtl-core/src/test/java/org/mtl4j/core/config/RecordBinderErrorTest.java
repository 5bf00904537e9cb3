package org.mtl4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.groups.Tuple.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.config.TestConfigs.Defaults;
import org.mtl4j.core.config.TestConfigs.Everything;
import org.mtl4j.core.config.TestConfigs.Feature;
import org.mtl4j.core.config.TestConfigs.Sized;
import org.mtl4j.core.config.TestConfigs.Split;
import org.mtl4j.core.config.TestConfigs.Stopping;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.task.Expression;

class RecordBinderErrorTest {
  private static List<Problem> problems(String yaml, Class<?> type) {
    ConfigFile file = ConfigFile.parse(yaml, "a.yaml");
    MtlException error = catchThrowableOfType(MtlException.class, () -> file.bind(type));
    assertThat(error).as(yaml).isNotNull();
    return error.problems();
  }

  private static void assertProblem(Class<?> type, String yaml, ErrorCode code, String message) {
    assertThat(problems(yaml, type))
        .extracting(Problem::code, Problem::toString)
        .containsExactly(tuple(code, message));
  }

  @Test
  void anUnknownKeyIsNamedWithTheNearest() {
    assertProblem(
        Defaults.class,
        "experts: 4\nlayer: [8]\n",
        ErrorCode.CONFIG_UNKNOWN_KEY,
        "layer (a.yaml:2:1): There is no key \"layer\" here. Did you mean \"layers\"?");
    assertProblem(
        Defaults.class,
        "inner: {split: {by: random, shuffle: true}}",
        ErrorCode.CONFIG_UNKNOWN_KEY,
        "inner.split.shuffle (a.yaml:1:29): There is no key \"shuffle\" here. Known: by,"
            + " validation.");
    record Nothing() {}
    assertProblem(
        Nothing.class,
        "x: 1",
        ErrorCode.CONFIG_UNKNOWN_KEY,
        "x (a.yaml:1:1): There is no key \"x\" here. No keys are known.");
  }

  @Test
  void aMissingKeyIsNamed() {
    record Holder(Map<String, Feature> features, String name) {}
    assertThat(problems("features:\n  zip: {type: categorical}\n  age: {}\n", Holder.class))
        .extracting(Problem::code, Problem::toString)
        .containsExactly(
            tuple(
                ErrorCode.CONFIG_MISSING_KEY,
                "features.zip (a.yaml:2:3): The key \"dim\" is missing here."),
            tuple(
                ErrorCode.CONFIG_MISSING_KEY,
                "features.age (a.yaml:3:3): The key \"type\" is missing here."),
            tuple(ErrorCode.CONFIG_MISSING_KEY, "a.yaml:1:1: The key \"name\" is missing here."));
  }

  @Test
  void aValueOfTheWrongTypeSaysWhatWasExpectedAndFound() {
    String[][] cases = {
      {"experts: many", "experts (a.yaml:1:1): Expected a whole number, found \"many\"."},
      {"experts: 1e3", "experts (a.yaml:1:1): Expected a whole number, found \"1e3\"."},
      {
        "experts: 8 # or 16\nlayers: [1, 2.5]",
        "layers.1 (a.yaml:2:13): Expected a whole number, found \"2.5\"."
      },
      {"experts: [8]", "experts (a.yaml:1:1): Expected a whole number, found a list."},
      {"experts:", "experts (a.yaml:1:1): Expected a whole number, found nothing."},
      {"layers: {a: 1}", "layers (a.yaml:1:1): Expected a list, found a map."},
      {"layers: [[1]]", "layers.0 (a.yaml:1:10): Expected a whole number, found a list."},
      {"activation: {a: 1}", "activation (a.yaml:1:1): Expected text, found a map."},
      {"dropout: 1d", "dropout (a.yaml:1:1): Expected a number, found \"1d\"."},
      {"dropout: .inf", "dropout (a.yaml:1:1): Expected a number, found \".inf\"."},
      {"dropout: 0x1p3", "dropout (a.yaml:1:1): Expected a number, found \"0x1p3\"."},
      {"inner: 3", "inner (a.yaml:1:1): Expected a map, found \"3\"."},
      {
        "precision: [float32]",
        "precision (a.yaml:1:1): Expected one of float32, bfloat_16, found a list."
      },
      {
        "optimizer: adam",
        "optimizer (a.yaml:1:1): Expected a map with the key \"type\", found \"adam\". Write {type: adam}."
      },
      {"optimizer: {type: [adam]}", "optimizer.type (a.yaml:1:13): Expected text, found a list."},
      {
        "inner: {split: random}",
        "inner.split (a.yaml:1:9): Expected a map with the key \"by\", found \"random\". Write {by: random}."
      },
    };
    for (String[] c : cases) {
      assertProblem(Defaults.class, c[0], ErrorCode.CONFIG_TYPE, c[1]);
    }
  }

  @Test
  void onlyTrueAndFalseAreTruths() {
    record Flag(boolean shuffle) {}
    for (String text : List.of("yes", "True", "1", "on")) {
      assertProblem(
          Flag.class,
          "shuffle: " + text,
          ErrorCode.CONFIG_TYPE,
          "shuffle (a.yaml:1:1): Expected true or false, found \"" + text + "\".");
    }
  }

  @Test
  void aNumberOutOfRangeIsRefused() {
    record Wide(long seed) {}
    assertProblem(
        Defaults.class,
        "experts: 3000000000",
        ErrorCode.CONFIG_VALUE,
        "experts (a.yaml:1:1): Expected a whole number from -2147483648 to 2147483647, found"
            + " 3000000000.");
    assertProblem(
        Wide.class,
        "seed: 9223372036854775808",
        ErrorCode.CONFIG_VALUE,
        "seed (a.yaml:1:1): Expected a whole number from -9223372036854775808 to"
            + " 9223372036854775807, found 9223372036854775808.");
    assertProblem(
        Defaults.class,
        "dropout: 1e400",
        ErrorCode.CONFIG_VALUE,
        "dropout (a.yaml:1:1): Expected a number up to 1.8e308, found 1e400.");
  }

  @Test
  void anUnknownNameListsTheKnownOnes() {
    assertProblem(
        Defaults.class,
        "precision: FLOAT32",
        ErrorCode.CONFIG_VALUE,
        "precision (a.yaml:1:1): Expected one of float32, bfloat_16, found \"FLOAT32\".");
    assertProblem(
        Defaults.class,
        "precision: float23",
        ErrorCode.CONFIG_VALUE,
        "precision (a.yaml:1:1): Expected one of float32, bfloat_16, found \"float23\". Did you"
            + " mean \"float32\"?");
    assertProblem(
        Split.class,
        "by: tine",
        ErrorCode.UNKNOWN_NAME,
        "by (a.yaml:1:1): Expected one of random, time, found \"tine\". Did you mean \"time\"?");
    assertProblem(
        Split.class,
        "by: weekday",
        ErrorCode.UNKNOWN_NAME,
        "by (a.yaml:1:1): Expected one of random, time, found \"weekday\".");
  }

  @Test
  void whatAConstructorRefusesIsPlacedAtItsKey() {
    assertProblem(
        Defaults.class,
        "stopping:\n  metric: auc\n  patience: 0\n",
        ErrorCode.CONFIG_VALUE,
        "stopping.patience (a.yaml:3:3): Expected at least 1, found 0.");
    assertProblem(
        Defaults.class,
        "stopping: {patience: 11, metric: auc}",
        ErrorCode.CONFIG_VALUE,
        "stopping (a.yaml:1:1): A metric cannot wait for 11 epochs.");
    assertProblem(
        Sized.class,
        "",
        ErrorCode.CONFIG_VALUE,
        "size (a.yaml:1:1): Expected at least 1, found 0.");
  }

  @Test
  void anExpressionThatDoesNotParseIsPlacedAtItsKey() {
    record Task(Expression where) {}
    assertProblem(
        Task.class,
        "where: a =",
        ErrorCode.EXPRESSION_SYNTAX,
        "where (a.yaml:1:1): The expression \"a =\" cannot be read at character 3: expected a value"
            + " or an operator, found \"=\". Equality is written ==.");
  }

  @Test
  void allProblemsOfAFileAreReportedAtOnce() {
    ConfigFile file =
        ConfigFile.parse(
                """
                epochs: ten
                seeds: 7
                learning_rate: fast
                shuffle: true
                name: ${env:MTL4J_TEST_NOT_SET}
                shuffle: false
                precision: float16
                where: age >
                positive: {}
                features: {age: {type: number}}
                early_stopping: {patience: 0}
                model: mmoe
                """,
                "a.yaml")
            .withOverride("seed", "x");
    MtlException error =
        catchThrowableOfType(MtlException.class, () -> file.bind(Everything.class));
    assertThat(error.problems())
        .extracting(Problem::where)
        .containsExactly(
            "name (a.yaml:5:1)",
            "shuffle (a.yaml:6:1)",
            "seeds (a.yaml:2:1)",
            "epochs (a.yaml:1:1)",
            "seed (--set seed)",
            "learning_rate (a.yaml:3:1)",
            "precision (a.yaml:7:1)",
            "where (a.yaml:8:1)",
            "positive (a.yaml:9:1)",
            "features.age.type (a.yaml:10:18)",
            "early_stopping.patience (a.yaml:11:18)",
            "model (a.yaml:12:1)",
            "a.yaml:1:1");
    assertThat(error.getMessage().lines()).hasSize(13);
  }

  @Test
  void nothingIsBoundWhereSomethingIsWrong() {
    Problems problems = new Problems();
    ConfigNode node = ConfigFile.parse("patience: 2\nmetrics: auc\n", "a.yaml").root();
    assertThat(RecordBinder.bind(node, Stopping.class, problems)).isEmpty();
    assertThat(problems.size()).isEqualTo(1);
    assertThat(problems.isEmpty()).isFalse();
  }
}
