package org.mtl4j.experiment.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.mtl4j.core.provenance.Seed;
import org.mtl4j.eval.slice.SliceMeasure;
import org.mtl4j.eval.slice.Slicing;

/**
 * What the gates do slice by slice. Weights and distances are those of all rows of the sample. What
 * chance does is told from one row of each group, drawn at random: the rows of a user are alike,
 * and slices of few users would stand out by nothing else.
 */
final class GateSlices {
  /** Of two slices, which are as far from each other, the one with fewer rows is what is odd. */
  private static final Comparator<SlicedGate.Slice> FARTHEST_FIRST =
      Comparator.<SlicedGate.Slice>comparingLong(slice -> -Math.round(distance(slice) * 1e9))
          .thenComparingLong(slice -> slice.size().rows());

  private static final Comparator<SlicedGate.Slice> SMALL_LAST =
      (a, b) ->
          a.size().small() != b.size().small()
              ? Boolean.compare(a.size().small(), b.size().small())
              : a.size().small()
                  ? Long.compare(b.size().rows(), a.size().rows())
                  : FARTHEST_FIRST.compare(a, b);

  private final GateSample sample;
  private final List<Slicing> slicings;
  private final Seed seed;

  /**
   * Over some rows.
   *
   * @param slicings of all rows that the sample was taken of
   */
  GateSlices(GateSample sample, List<Slicing> slicings, Seed seed) {
    this.sample = sample;
    this.slicings = List.copyOf(slicings);
    this.seed = seed;
  }

  /** The gates, slicing by slicing. */
  List<SlicedGate> all() {
    int[] every = IntStream.range(0, sample.size()).toArray();
    double[] distances = new PartedWeights(sample, slicings, every).distances(every);
    SplittableRandom random = seed.random();
    PermutationNull chance =
        new PermutationNull(new PartedWeights(sample, slicings, oneOfEachUnit(random)), random);
    List<SlicedGate> gates = new ArrayList<>();
    int first = 0;
    for (Slicing slicing : slicings) {
      int[] sliceOf = IntStream.of(sample.rows()).map(row -> slicing.ofRow()[row]).toArray();
      int[] units = units(sliceOf, slicing.slices().size());
      for (GateSample.Gate gate : sample.gates()) {
        GateSum[] sums = sums(gate, sliceOf, units.length);
        List<SlicedGate.Slice> slices = new ArrayList<>();
        for (int s = 0; s < sums.length; s++) {
          if (sums[s].rows() > 0) {
            int of = first + s;
            Optional<SlicedGate.Shift> shift =
                Optional.of(new SlicedGate.Shift(distances[of], chance.of(of)))
                    .filter(found -> !Double.isNaN(found.distance()));
            slices.add(slice(slicing.slices().get(s), sums[s], units[s], shift));
          }
        }
        slices.sort(SMALL_LAST);
        gates.add(new SlicedGate(slicing.name(), gate.name(), gate.task(), gate.experts(), slices));
        first += sums.length;
      }
    }
    return gates;
  }

  private static double distance(SlicedGate.Slice slice) {
    return slice.shift().map(SlicedGate.Shift::distance).orElse(0.0);
  }

  private int[] oneOfEachUnit(SplittableRandom random) {
    int count = Arrays.stream(sample.units()).max().orElse(-1) + 1;
    int[] seen = new int[count];
    int[] one = new int[count];
    for (int row = 0; row < sample.size(); row++) {
      int unit = sample.units()[row];
      if (random.nextInt(++seen[unit]) == 0) {
        one[unit] = row;
      }
    }
    return one;
  }

  private int[] units(int[] sliceOf, int slices) {
    int[] units = new int[slices];
    IntStream.range(0, sliceOf.length)
        .mapToLong(row -> (long) sample.units()[row] * slices + sliceOf[row])
        .distinct()
        .forEach(pair -> units[(int) (pair % slices)]++);
    return units;
  }

  private static GateSum[] sums(GateSample.Gate gate, int[] sliceOf, int slices) {
    GateSum[] sums = new GateSum[slices];
    Arrays.setAll(sums, s -> new GateSum(gate.experts().size()));
    for (int row = 0; row < sliceOf.length; row++) {
      sums[sliceOf[row]].add(gate.weights(), row);
    }
    return sums;
  }

  private static SlicedGate.Slice slice(
      String name, GateSum sum, int units, Optional<SlicedGate.Shift> shift) {
    return new SlicedGate.Slice(
        name,
        new SlicedGate.Size(sum.rows(), units, units < SliceMeasure.LEAST),
        Arrays.stream(sum.means()).boxed().toList(),
        sum.entropy(),
        shift);
  }
}
