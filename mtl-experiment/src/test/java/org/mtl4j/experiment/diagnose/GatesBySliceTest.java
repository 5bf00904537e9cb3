package org.mtl4j.experiment.diagnose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.eval.report.ReportFormat;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.Run;

/** Gates that by construction go by one column of the rows, and by no other. */
class GatesBySliceTest {
  private static final float[] KERNEL = {2, -1, 0, -1};
  private static final float[] BIAS = {0, 0.5f, 0, -0.5f};
  private static final int ROWS = 2000;

  @TempDir private Path folder;

  private Planted planted;
  private final List<String[]> test = new ArrayList<>();
  private final Set<String> known = new HashSet<>();

  /** Columns c,noise,user,buy,rate,part; the same rows each time. */
  @BeforeEach
  void write() throws IOException {
    planted = Planted.in(folder);
    Random random = new Random(11);
    List<String> lines = new ArrayList<>(List.of("c,noise,user,buy,rate,part"));
    for (int r = 0; r < ROWS; r++) {
      int c = random.nextInt(3) == 0 ? 1 : 0;
      int buy = random.nextInt(4) == 0 ? 1 - c : c;
      String part = r % 2 == 0 ? "test" : "train";
      String[] row = {
        "" + c,
        "n" + random.nextInt(5),
        "u" + random.nextInt(r < 4 ? 4000 : 400),
        "" + buy,
        "" + random.nextInt(2),
        part
      };
      lines.add(String.join(",", row));
      if (part.equals("test")) {
        test.add(row);
      } else {
        known.add(row[2]);
      }
    }
    Files.write(folder.resolve("gates.csv"), lines);
  }

  private Map<String, String> rules(String model) {
    return new HashMap<>(
        Map.of(
            "data.source", "{type: csv, path: " + folder.resolve("gates.csv") + "}",
            "data.split", "{by: column, column: part}",
            "features", "{c: {type: numeric, transform: none}}",
            "model", model,
            "training.epochs", "1",
            "evaluation.slices",
                "[{by: value, column: c}, {by: known, column: user}, {by: value, column: user, limit: 3}]"));
  }

  /** The gate of buy goes by c, that of rate by nothing. */
  private static void plant(String name, ByteBuffer bytes) {
    float[] values =
        switch (name) {
          case "mmoe/gate_buy/kernel" -> KERNEL;
          case "mmoe/gate_rate/kernel" -> new float[KERNEL.length];
          case "mmoe/gate_buy/bias", "mmoe/gate_rate/bias" -> BIAS;
          default -> new float[0];
        };
    for (int e = 0; e < values.length; e++) {
      bytes.putFloat(e * Float.BYTES, values[e]);
    }
  }

  private static double[] gate(String[] row) {
    double[] weights = new double[KERNEL.length];
    double sum = 0;
    for (int e = 0; e < weights.length; e++) {
      weights[e] = Math.exp(BIAS[e] + Double.parseDouble(row[0]) * KERNEL[e]);
      sum += weights[e];
    }
    for (int e = 0; e < weights.length; e++) {
      weights[e] /= sum;
    }
    return weights;
  }

  private static SlicedGate find(List<SlicedGate> gates, String by, String task) {
    return gates.stream()
        .filter(gate -> gate.by().equals(by) && gate.task().equals(task))
        .findFirst()
        .orElseThrow();
  }

  /** The slice's figures, from plain arrays over the rows of the file. */
  private void check(SlicedGate gate, String name, Predicate<String[]> inside) {
    SlicedGate.Slice slice =
        gate.slices().stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
    double[][] sums = new double[2][KERNEL.length];
    int[] rows = new int[2];
    double entropy = 0;
    for (String[] row : test) {
      int side = inside.test(row) ? 0 : 1;
      double[] weights = gate(row);
      rows[side]++;
      for (int e = 0; e < KERNEL.length; e++) {
        sums[side][e] += weights[e];
        entropy -= side == 0 ? weights[e] * Math.log(weights[e]) : 0;
      }
    }
    double distance = 0;
    for (int e = 0; e < KERNEL.length; e++) {
      double own = sums[0][e] / rows[0];
      assertThat(slice.weights().get(e)).as(name + e).isCloseTo(own, within(1e-6));
      distance += Math.abs(own - sums[1][e] / rows[1]) / 2;
    }
    assertThat(slice.entropy())
        .isCloseTo(entropy / rows[0] / Math.log(KERNEL.length), within(1e-6));
    assertThat(slice.shift().orElseThrow().distance()).isCloseTo(distance, within(1e-6));
    assertThat(slice.size().rows()).isEqualTo(rows[0]);
  }

  @Test
  void gatesThatGoByAColumnAreFoundByItAndByNoOther() throws IOException {
    checkFound(Planted.MMOE);
  }

  /** As it is on a GPU. */
  @Test
  void soAreThoseOfMergedProducts() throws IOException {
    checkFound("{type: merged_mmoe}");
  }

  private void checkFound(String model) throws IOException {
    Run run = planted.train("run", rules(model));
    Planted.change(run, GatesBySliceTest::plant);
    Diagnosis found =
        new Doctor(planted.service(), List.of("noise", "c"))
            .diagnose(run, ExperimentListener.SILENT)
            .orElseThrow();

    assertThat(found.gates())
        .extracting(gate -> gate.by() + " " + gate.gate())
        .containsExactly(
            "c gate/buy",
            "c gate/rate",
            "user, known or new gate/buy",
            "user, known or new gate/rate",
            "user gate/buy",
            "user gate/rate",
            "noise gate/buy",
            "noise gate/rate");
    check(find(found.gates(), "c", "buy"), "0", row -> row[0].equals("0"));
    check(find(found.gates(), "c", "buy"), "1", row -> row[0].equals("1"));
    check(find(found.gates(), "noise", "buy"), "n3", row -> row[1].equals("n3"));
    check(find(found.gates(), "user, known or new", "buy"), "new", row -> !known.contains(row[2]));

    List<Finding> bySlice =
        found.findings().stream().filter(f -> f.code().equals("EXPERTS_BY_SLICE")).toList();
    assertThat(bySlice).hasSize(1);
    assertThat(bySlice.get(0).about()).containsExactly("buy", "expert/1");
    assertThat(bySlice.get(0).seen())
        .matches(
            "The gate of buy gives the \\d+ rows of \"1\" \\(c\\) other experts than the"
                + " others: 56\\.7 % of its weight lies elsewhere, by chance it would be \\d\\.\\d % \\(p"
                + " 0\\.0010\\)\\. Most of it is on expert/1, with 0\\.8015 where the other rows have 0\\.2350\\. In all 2 of its 2 slices are far from the others\\.");
    String json = ReportFormat.JSON.write(found.report());
    assertThat(json)
        .contains("Gates by slice of test: c", "gate/buy by user, known or new", "n3")
        .doesNotContain("NaN");
    assertThat(ReportFormat.CSV.write(found.report())).contains("Gates by slice of test: noise,");
  }

  @Test
  void whatThereIsNotIsRefusedBeforeAnythingIsTrained() {
    Run run = planted.train("run", rules(Planted.SHARED));
    assertThatThrownBy(
            () ->
                new Doctor(planted.service(), List.of("noise"))
                    .diagnose(run, ExperimentListener.SILENT))
        .isInstanceOf(MtlException.class)
        .hasMessage(
            "--slice: Expected a model with gates to look at slice by slice, found shared_bottom,"
                + " which declares none. Leave --slice out, or diagnose a model with gates, mmoe"
                + " say.");
    assertThatThrownBy(
            () ->
                new Doctor(planted.service(), List.of("nose"))
                    .diagnose(run, ExperimentListener.SILENT))
        .isInstanceOf(MtlException.class)
        .hasMessageContaining("nose");
    assertThat(run.files().diagnosis()).doesNotExist();
  }

  /** With two domains, each task in one, and rows that are sampled by domain. */
  @Test
  void aUnionIsDiagnosedDomainByDomain() throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve("gates.csv"));
    for (String domain : List.of("us", "de")) {
      int rest = domain.equals("us") ? 0 : 1;
      List<String> own = new ArrayList<>(List.of(lines.get(0)));
      for (int r = 1; r < lines.size(); r++) {
        if ((r / 2) % 3 == 0 == (rest == 0)) {
          own.add(lines.get(r));
        }
      }
      Files.write(folder.resolve(domain + ".csv"), own);
    }
    Map<String, String> rules = rules(Planted.MMOE);
    rules.put(
        "data.source",
        "{type: union, sources: {us: {type: csv, path: DIR/us.csv}, de: {type: csv, path: DIR/de.csv}}}"
            .replace("DIR", folder.toString()));
    rules.put("tasks.buy.where", "domain == 'us'");
    rules.put("training.sampling", "{domain: {us: 2}}");
    rules.put("evaluation.slices", "[{by: value, column: domain}, {by: value, column: c}]");
    Run run = planted.train("run", rules);
    Planted.change(run, GatesBySliceTest::plant);
    Diagnosis found = planted.diagnose(run);

    SlicedGate byDomain = find(found.gates(), "domain", "buy");
    assertThat(byDomain.slices())
        .extracting(slice -> slice.name() + " " + slice.size().rows())
        .containsExactlyInAnyOrder("us 334", "de 666");
    assertThat(found.findings())
        .filteredOn(f -> f.code().equals("EXPERTS_BY_SLICE"))
        .extracting(Finding::seen)
        .singleElement()
        .asString()
        .contains("(c)");
    assertThat(ReportFormat.MARKDOWN.write(found.report()))
        .contains("| gate/buy | domain us | ", "| gate/rate | domain de | ")
        .contains("## Gates by slice of test: domain");
  }
}
