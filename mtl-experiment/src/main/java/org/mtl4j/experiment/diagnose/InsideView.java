package org.mtl4j.experiment.diagnose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.batch.EncodedData;
import org.mtl4j.core.batch.EncodedRows;
import org.mtl4j.core.batch.LabelColumn;
import org.mtl4j.core.model.Probe;
import org.mtl4j.core.task.FittedTask;
import org.mtl4j.core.task.LabelEncoding;
import org.mtl4j.core.training.ModelProbes;
import org.mtl4j.core.training.TrainingSession;

/** Looks at the gates and experts that a model declares, over some of its training rows. */
final class InsideView {
  /** Rows that are looked at: a mean weight is then known to a third of a per cent or better. */
  private static final int BLOCKS = 10;

  private static final int BLOCK = 2048;

  /** With more classes nobody reads a row a class. */
  private static final int MOST_CLASSES = 10;

  private final ModelProbes probes;
  private final List<FittedTask> tasks;
  private final List<String> domains;
  private final List<GateSums> gates = new ArrayList<>();
  private final Optional<ExpertSums> experts;

  /**
   * Of a model as it stands.
   *
   * @param domains of the rows, in the order of their numbers; none if they have no domain
   */
  InsideView(TrainingSession session, List<String> domains) {
    this.probes = session.probes();
    this.tasks = session.spec().tasks();
    this.domains = List.copyOf(domains);
    List<String> names = new ArrayList<>();
    probes
        .declared()
        .forEach(
            (name, probe) -> {
              if (probe instanceof Probe.Gate gate) {
                gates.add(new GateSums(name, gate.task(), gate.experts()));
              } else if (probe instanceof Probe.Expert) {
                names.add(name);
              }
            });
    experts = names.isEmpty() ? Optional.empty() : Optional.of(new ExpertSums(names, mixed(names)));
  }

  private boolean[][] mixed(List<String> names) {
    boolean[][] mixed = new boolean[names.size()][names.size()];
    for (GateSums sums : gates) {
      List<String> own = sums.experts();
      for (int e = 0; e < names.size(); e++) {
        for (int f = 0; f < names.size(); f++) {
          mixed[e][f] |= own.contains(names.get(e)) && own.contains(names.get(f));
        }
      }
    }
    return mixed;
  }

  /** Looks at rows spread over all of them. */
  void look(EncodedData rows) {
    if (gates.isEmpty() && experts.isEmpty()) {
      return;
    }
    int n = rows.rowCount();
    int blocks = Math.min(BLOCKS, (n + BLOCK - 1) / BLOCK);
    for (int b = 0; b < blocks; b++) {
      int from = (int) ((long) n * b / blocks);
      int size = Math.min(BLOCK, (int) ((long) n * (b + 1) / blocks) - from);
      look(
          rows.block(from, size),
          probes.values(rows, IntStream.range(from, from + size).toArray()));
    }
  }

  private void look(EncodedRows block, Map<String, float[]> values) {
    experts.ifPresent(sums -> sums.add(values, block.rowCount()));
    for (GateSums sums : gates) {
      float[] weights = values.get(sums.name());
      Map<Integer, String> labels = labels(sums.task());
      LabelColumn column = block.labels().get(sums.task());
      for (int r = 0; r < block.rowCount(); r++) {
        sums.add("all rows", weights, r);
        if (column.mask()[r] && !labels.isEmpty()) {
          sums.add(labels.get((int) column.labels()[r]), weights, r);
        }
        if (!domains.isEmpty()) {
          sums.add("domain " + domains.get(block.groups().orElseThrow()[r]), weights, r);
        }
      }
    }
  }

  /** The names of a task's labels, where they are few. */
  private Map<Integer, String> labels(String name) {
    Map<Integer, String> labels = new LinkedHashMap<>();
    LabelEncoding encoding =
        tasks.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow().encoding();
    if (encoding instanceof LabelEncoding.Indicator) {
      labels.put(0, "label 0");
      labels.put(1, "label 1");
    } else if (encoding instanceof LabelEncoding.Classes classes
        && classes.names().size() <= MOST_CLASSES) {
      IntStream.range(0, classes.names().size())
          .forEach(c -> labels.put(c, "label " + classes.names().get(c)));
    }
    return labels;
  }

  List<GateEvidence> gates() {
    return gates.stream().map(GateSums::evidence).toList();
  }

  Optional<ExpertEvidence> experts() {
    return experts.map(ExpertSums::evidence);
  }
}
