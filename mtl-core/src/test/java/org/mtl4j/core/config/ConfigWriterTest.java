package org.mtl4j.core.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.config.TestConfigs.Categorical;
import org.mtl4j.core.config.TestConfigs.Defaults;
import org.mtl4j.core.config.TestConfigs.Everything;
import org.mtl4j.core.config.TestConfigs.Feature;
import org.mtl4j.core.config.TestConfigs.Numeric;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

class ConfigWriterTest {
  private static final long SEED = Long.getLong("mtl.test.seed", 1L);

  private static <R extends Record> R again(R config, Class<R> type) {
    return ConfigFile.parse(ConfigWriter.write(config), "written.yaml").bind(type);
  }

  @Test
  void everyDefaultIsFilledIn() {
    Defaults config = ConfigFile.parse("experts: 4", "a.yaml").bind(Defaults.class);
    assertThat(ConfigWriter.write(config))
        .isEqualTo(
            """
            experts: 4
            layers: [64, 32]
            activation: relu
            optimizer:
              type: adam
              rate: 0.1
            stopping:
              patience: 2
            inner:
              split:
                by: random
                validation: 0.1
              alpha: 0.5
            precision: float32
            """);
  }

  @Test
  void whatIsWrittenIsReadAsAnEqualRecord() {
    Everything everything =
        ConfigFile.parse(RecordBinderTest.EVERYTHING, "a.yaml").bind(Everything.class);
    assertThat(again(everything, Everything.class)).isEqualTo(everything);
    for (String yaml : List.of("", "stopping: ~", "{dropout: 1e-9, layers: [], experts: -1}")) {
      Defaults defaults = ConfigFile.parse(yaml, "a.yaml").bind(Defaults.class);
      assertThat(again(defaults, Defaults.class)).as(yaml).isEqualTo(defaults);
    }
  }

  @Test
  void anEmptyOptionalWithADefaultIsWrittenAsNothing() {
    Defaults off = ConfigFile.parse("stopping: ~", "a.yaml").bind(Defaults.class);
    assertThat(ConfigWriter.write(off)).contains("stopping: null\n").doesNotContain("dropout");
  }

  @Test
  void textThatAnotherReaderWouldMisreadIsQuoted() {
    record Texts(List<String> values) {}
    Texts texts =
        new Texts(List.of("no", "012", "1e3", "2026-01-01", "", "~", "NULL", "a b", "a: b", "#"));
    assertThat(ConfigWriter.write(texts))
        .isEqualTo(
            "values: ['no', '012', '1e3', '2026-01-01', '', '~', 'NULL', a b, 'a: b', '#']\n");
    assertThat(again(texts, Texts.class)).isEqualTo(texts);
  }

  @Test
  void numbersAreWrittenForEveryReaderOfYaml() {
    record Numbers(List<Double> values, long whole) {}
    Numbers numbers =
        new Numbers(
            List.of(0.0001, 1.0, -2.5, 1e-9, 6.02e23, 0.0, 1e10, Double.MIN_VALUE), Long.MIN_VALUE);
    String written = ConfigWriter.write(numbers);
    assertThat(written)
        .isEqualTo(
            """
            values: [0.0001, 1.0, -2.5, 1.0e-9, 6.02e+23, 0.0, 10000000000.0, 4.9e-324]
            whole: -9223372036854775808
            """);
    assertThat(again(numbers, Numbers.class)).isEqualTo(numbers);
    Map<String, List<Object>> plain =
        new Yaml(new SafeConstructor(new LoaderOptions())).load(written);
    assertThat(plain.get("values")).allSatisfy(v -> assertThat(v).isInstanceOf(Number.class));
  }

  @Test
  void aChoiceWithNothingButItsNameIsWrittenAsSuch() {
    record Holder(Choice balancing) {}
    Holder holder = new Holder(Choice.of("static"));
    assertThat(ConfigWriter.write(holder)).isEqualTo("balancing:\n  type: static\n");
    assertThat(again(holder, Holder.class)).isEqualTo(holder);
  }

  @Test
  void variablesOfTheEnvironmentAreWrittenAsTheyWereTyped() {
    record Holder(
        String secret, List<String> path, int size, double rate, Choice source, String twin) {}
    record Source(List<String> path, @Default("a") String mark) {}
    Map<String, String> environment = Map.of("SECRET", "s3cret", "DIR", "/data", "N", "8");
    String yaml =
        """
        secret: ${env:SECRET}
        path: ${env:DIR}/a.csv
        size: ${env:N}
        rate: ${env:N}
        source: {type: csv, path: ["${env:DIR}/b, c.csv", d.csv]}
        twin: s3cret
        """;
    ConfigFile file = ConfigFile.parse(yaml, "a.yaml", environment::get);
    Holder bound = file.bind(Holder.class);
    assertThat(bound.path()).containsExactly("/data/a.csv");
    Source source =
        RecordBinder.bind(bound.source().body(), Source.class, new Problems()).orElseThrow();
    Holder resolved =
        new Holder(
            bound.secret(),
            bound.path(),
            bound.size(),
            bound.rate(),
            bound.source().resolved(source),
            bound.twin());
    String written = ConfigWriter.write(resolved, file.root());
    assertThat(written)
        .isEqualTo(
            """
            secret: ${env:SECRET}
            path: ['${env:DIR}/a.csv']
            size: ${env:N}
            rate: ${env:N}
            source:
              type: csv
              path: ['${env:DIR}/b, c.csv', d.csv]
              mark: a
            twin: s3cret
            """);
    assertThat(ConfigFile.parse(written, "b.yaml", environment::get).bind(Holder.class))
        .isEqualTo(resolved);
  }

  @Test
  void rawNodesAreWrittenAsTheyWereTyped() {
    record Holder(ConfigNode raw) {}
    String yaml =
        """
        raw:
          rate: 1e-3
          day: 2026-01-01
          code: '012'
          unset: null
          none: []
          rows:
          - [a, no]
          - x: {}
        """;
    Holder holder = ConfigFile.parse(yaml, "a.yaml").bind(Holder.class);
    assertThat(ConfigWriter.write(holder)).isEqualTo(yaml);
    Holder folded = ConfigFile.parse("raw: a:b\n\n  c\n", "a.yaml").bind(Holder.class);
    assertThat(again(folded, Holder.class)).isEqualTo(folded);
  }

  @Test
  void aMapOfRecordsIsWrittenInItsOrder() {
    Map<String, Feature> features = new LinkedHashMap<>();
    features.put("zip", new Categorical(8, 1));
    features.put("age", new Numeric(Numeric.Transform.NONE));
    Map<String, Record> records = new LinkedHashMap<>();
    features.forEach((name, feature) -> records.put(name, (Record) feature));
    String written = ConfigWriter.write(records);
    assertThat(written)
        .isEqualTo(
            """
            zip:
              type: categorical
              dim: 8
              min_count: 1
            age:
              type: numeric
              transform: none
            """);
    record Holder(Map<String, Feature> features) {}
    assertThat(again(new Holder(features), Holder.class)).isEqualTo(new Holder(features));
  }

  @Test
  void randomTextsAndNumbersSurviveWritingAndReading() {
    record Texts(Map<String, String> texts, List<Double> numbers, Optional<String> one) {}
    Random random = new Random(SEED);
    for (int i = 0; i < 300; i++) {
      Map<String, String> texts = new LinkedHashMap<>();
      List<Double> numbers = new ArrayList<>();
      for (int j = 0; j < 5; j++) {
        texts.put(text(random), text(random));
        numbers.add(Double.longBitsToDouble(random.nextLong() & 0xBFFFFFFFFFFFFFFFL));
      }
      Texts config = new Texts(texts, numbers, Optional.of(text(random)));
      assertThat(again(config, Texts.class)).as("seed %d, %s", SEED, config).isEqualTo(config);
    }
  }

  private static String text(Random random) {
    String alphabet = "ab01.-+eE:#'\"[]{},&*!|>%@`~?= \n\r\u2028\t_äß\u4e2d<no";
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(8); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
