package org.mtl4j.experiment.diagnose;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.mtl4j.eval.report.FigureText;

/** A gate that sends the rows of a slice to other experts than all others. */
final class ExpertsBySlice implements FindingRule {
  /** The share of the weight that lies elsewhere, beyond what chance does. */
  static final double FAR = 0.2;

  /** As elsewhere: of the p-value, which is corrected for all gates and slices. */
  static final double LEVEL = 0.05;

  @Override
  public List<Finding> findings(Evidence evidence) {
    return evidence.inside().sliced().stream().flatMap(ExpertsBySlice::finding).toList();
  }

  private static boolean isFar(SlicedGate.Slice slice) {
    return !slice.size().small()
        && slice
            .shift()
            .filter(shift -> shift.chance().map(chance -> isFar(shift, chance)).orElse(false))
            .isPresent();
  }

  private static boolean isFar(SlicedGate.Shift shift, SlicedGate.Chance chance) {
    return chance.p() < LEVEL && shift.distance() - chance.distance() >= FAR;
  }

  private static Stream<Finding> finding(SlicedGate gate) {
    List<SlicedGate.Slice> far = gate.slices().stream().filter(ExpertsBySlice::isFar).toList();
    return far.stream().limit(1).map(slice -> finding(gate, slice, far.size()));
  }

  private static Finding finding(SlicedGate gate, SlicedGate.Slice slice, int far) {
    SlicedGate.Shift shift = slice.shift().orElseThrow();
    SlicedGate.Chance chance = shift.chance().orElseThrow();
    int expert = gate.gained(slice);
    String name = gate.experts().get(expert);
    String others =
        far > 1
            ? " In all %d of its %d slices are far from the others."
                .formatted(far, gate.slices().size())
            : "";
    return new Finding(
        "EXPERTS_BY_SLICE",
        Severity.NOTE,
        List.of(gate.task(), name),
        String.format(
            Locale.ROOT,
            "The gate of %s gives the %,d rows of \"%s\" (%s) other experts than the others: %s of its weight lies elsewhere, by chance it would be %s (p %s). Most of it is on %s, with %s where the other rows have %s.%s",
            gate.task(),
            slice.size().rows(),
            slice.name(),
            gate.by(),
            Words.percent(shift.distance()),
            Words.percent(chance.distance()),
            FigureText.ofP(chance.p()),
            name,
            FigureText.of(slice.weights().get(expert)),
            FigureText.of(gate.elsewhere(slice, expert)),
            others),
        "See the slice's own figures (evaluation.slices). Where they are as good as the others', this is what gates are for; where they are worse, its experts learn from its rows alone: fewer experts, or dropout, make them learn from all.");
  }
}
