package org.mtl4j.eval.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.mtl4j.core.metric.EvaluationRows;
import org.mtl4j.core.metric.Metric;

/** Figures that scikit-learn 1.9 computed from the same rows; golden.py made both. */
class GoldenFiguresTest {
  private static final Map<String, Metric> METRICS =
      Stream.of(
              new Auc(),
              new LogLoss(),
              new Accuracy(),
              new NdcgAtK(1),
              new NdcgAtK(5),
              new NdcgAtK(10),
              new Rmse(),
              new Mae(),
              new MacroAuc(),
              new MicroF1(),
              new MacroF1(),
              new PrAuc(),
              new F1Score(),
              new BestF1(),
              new BestThreshold(),
              new Ks(),
              new Brier(),
              new NormalisedEntropy(),
              new Pcoc(),
              new Ece(),
              new Gauc(),
              new TopAccuracy(2),
              new Mape(),
              new R2(),
              new QuantileLoss(.5),
              new QuantileLoss(.9),
              new Spearman(),
              new Xauc())
          .collect(Collectors.toMap(Metric::key, metric -> metric));

  @Test
  void everyFigureEqualsThatOfScikitLearn() throws IOException {
    List<String[]> figures = read("figures.csv");

    assertThat(figures).hasSize(35);
    for (String[] figure : figures.subList(1, figures.size())) {
      EvaluationRows rows = rows(figure[0] + ".csv");
      assertThat(METRICS.get(figure[1]).compute(rows).orElseThrow())
          .as("%s of %s", figure[1], figure[0])
          .isCloseTo(Double.parseDouble(figure[2]), within(1e-12));
    }
  }

  private static EvaluationRows rows(String file) throws IOException {
    List<String[]> lines = read(file);
    List<String> header = List.of(lines.get(0));
    List<String[]> rows = lines.subList(1, lines.size());
    int width = Collections.frequency(header, "prediction");
    int group = header.indexOf("group");
    return new EvaluationRows(
        rows.stream()
            .flatMap(row -> Stream.of(row).limit(width))
            .mapToDouble(Double::parseDouble)
            .toArray(),
        width,
        labels(rows, header),
        column(rows, header.indexOf("weight")),
        group < 0
            ? Optional.empty()
            : Optional.of(rows.stream().mapToInt(row -> Integer.parseInt(row[group])).toArray()));
  }

  private static double[] labels(List<String[]> rows, List<String> header) {
    int first = header.indexOf("label");
    return rows.stream()
        .flatMap(row -> Stream.of(row).skip(first).limit(Collections.frequency(header, "label")))
        .mapToDouble(Double::parseDouble)
        .toArray();
  }

  private static double[] column(List<String[]> rows, int index) {
    return rows.stream().mapToDouble(row -> Double.parseDouble(row[index])).toArray();
  }

  private static List<String[]> read(String file) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(GoldenFiguresTest.class.getResourceAsStream(file), file),
                StandardCharsets.UTF_8))) {
      return reader.lines().map(line -> line.split(",", -1)).toList();
    }
  }
}
