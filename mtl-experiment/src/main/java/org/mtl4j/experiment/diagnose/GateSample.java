package org.mtl4j.experiment.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.model.Probe;
import org.mtl4j.core.training.ModelProbes;
import org.mtl4j.core.training.TrainingSession;

/**
 * What a model's gates do with n rows, held row by row: 4 bytes a weight.
 *
 * @param gates each gate's weights
 * @param rows [n] the rows' numbers among those that they were taken of
 * @param units [n] the number of each row's group, from 0; each row's own where there are no groups
 */
record GateSample(List<Gate> gates, int[] rows, int[] units) {
  /** So many rows are looked at: a mean weight is then known to a third of a per cent or better. */
  static final int MOST = 20_480;

  private static final int BLOCK = 2048;

  GateSample {
    gates = List.copyOf(gates);
  }

  /**
   * One gate.
   *
   * @param name the probe's
   * @param task whose gate it is
   * @param experts what it mixes
   * @param weights [n * experts], row-major
   */
  record Gate(String name, String task, List<String> experts, float[] weights) {
    Gate {
      experts = List.copyOf(experts);
    }
  }

  /** Takes rows spread evenly over all of them. */
  static GateSample of(TrainingSession session, EncodedData all) {
    int n = Math.min(MOST, all.rowCount());
    int[] rows = IntStream.range(0, n).map(i -> (int) ((long) i * all.rowCount() / n)).toArray();
    ModelProbes probes = session.probes();
    List<Gate> gates = new ArrayList<>();
    probes
        .declared()
        .forEach(
            (name, probe) -> {
              if (probe instanceof Probe.Gate gate) {
                float[] weights = new float[n * gate.experts().size()];
                gates.add(new Gate(name, gate.task(), gate.experts(), weights));
              }
            });
    int[] units = new int[n];
    Map<Integer, Integer> numbers = new HashMap<>();
    for (int from = 0; from < n; from += BLOCK) {
      int[] block = Arrays.copyOfRange(rows, from, Math.min(n, from + BLOCK));
      Map<String, float[]> values = probes.values(all, block);
      for (Gate gate : gates) {
        float[] found = values.get(gate.name());
        System.arraycopy(found, 0, gate.weights(), from * gate.experts().size(), found.length);
      }
      Optional<int[]> groups = all.pick(block).groups();
      for (int i = 0; i < block.length; i++) {
        int row = from + i;
        int group = groups.isPresent() ? groups.get()[i] : row;
        units[row] = numbers.computeIfAbsent(group, g -> numbers.size());
      }
    }
    return new GateSample(gates, rows, units);
  }

  /** Number of rows n. */
  int size() {
    return rows.length;
  }
}
