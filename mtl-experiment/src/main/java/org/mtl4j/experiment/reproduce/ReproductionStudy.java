package org.mtl4j.experiment.reproduce;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.mtl4j.core.config.ConfigFile;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.experiment.run.ExperimentListener;
import org.mtl4j.experiment.run.ExperimentPlan;
import org.mtl4j.experiment.run.ExperimentService;
import org.mtl4j.experiment.run.Run;
import org.mtl4j.experiment.run.TrainOptions;

/**
 * Trains the arms of a {@link Reproduction}, each with the same seeds, and holds its claims against
 * the figures. Each training is a run of its own, {@code ARM/seed-N}; a seed's arms follow each
 * other, so that what is there after an interruption can be compared.
 */
public final class ReproductionStudy {
  private final ExperimentService service;
  private final ReproductionListener listener;

  /** A study with the parts of a service. */
  public ReproductionStudy(ExperimentService service, ReproductionListener listener) {
    this.service = service;
    this.listener = listener;
  }

  /**
   * How to run it.
   *
   * @param folder its runs are in
   * @param resume whether to go on with runs that are there: a finished one is not trained again
   * @param seeds how many, from 1 on, at least 1
   * @param brief whether to make it small, for a look
   * @param keys keys of the experiment and their values, over its own
   */
  public record Options(
      Path folder, boolean resume, int seeds, boolean brief, Map<String, String> keys) {
    /**
     * Copies the map.
     *
     * @throws MtlException of code USAGE if there is no seed
     */
    public Options {
      keys = Collections.unmodifiableMap(new LinkedHashMap<>(keys)); // A later one may be inside.
      if (seeds < 1) {
        throw new MtlException(
            new Problem(
                ErrorCode.USAGE,
                "--seeds",
                "Expected at least 1, found " + seeds + ".",
                "Five or more give an interval that says something."));
      }
    }
  }

  /**
   * Trains and measures.
   *
   * @return empty if the listener asked to stop; resuming does the rest
   * @throws MtlException for whatever is wrong with keys, folder or data; USAGE for a key that
   *     seeds or arms differ in
   */
  public Optional<Reproduced> run(Reproduction reproduction, Options options) {
    reproduction.checkFree(options.keys().keySet());
    List<Long> seeds = LongStream.rangeClosed(1, options.seeds()).boxed().toList();
    Map<String, Map<Long, Map<String, Double>>> figures = new LinkedHashMap<>();
    int number = 0;
    for (long seed : seeds) {
      for (Arm arm : reproduction.arms()) {
        number++;
        ExperimentListener heard =
            listener.begin(arm.name(), seed, number, seeds.size() * reproduction.arms().size());
        try {
          Optional<Map<String, Double>> of = figures(reproduction, arm, seed, options, heard);
          if (of.isEmpty()) {
            return Optional.empty();
          }
          figures.computeIfAbsent(arm.name(), a -> new LinkedHashMap<>()).put(seed, of.get());
        } finally {
          listener.end();
        }
      }
    }
    return Optional.of(
        new Reproduced(
            reproduction,
            options.brief(),
            seeds,
            spreads(seeds, figures),
            verdicts(reproduction, seeds, figures)));
  }

  private Optional<Map<String, Double>> figures(
      Reproduction reproduction, Arm arm, long seed, Options options, ExperimentListener heard) {
    ExperimentPlan plan = service.read(file(reproduction, arm, seed, options));
    Path folder = options.folder().resolve(arm.name()).resolve("seed-" + seed);
    Run run = service.train(plan, new TrainOptions(folder, options.resume()).withoutLint(), heard);
    return run.status() == Run.Status.INTERRUPTED
        ? Optional.empty()
        : Optional.of(reproduction.figures().of(new Figures.Trained(service, plan, run)));
  }

  private static ConfigFile file(Reproduction reproduction, Arm arm, long seed, Options options) {
    Map<String, String> keys = new LinkedHashMap<>(arm.keys());
    if (options.brief()) {
      keys.putAll(reproduction.experiment().brief());
    }
    reproduction.experiment().seeds().forEach(key -> keys.put(key, Long.toString(seed)));
    keys.putAll(options.keys());
    ConfigFile file =
        ConfigFile.parse(reproduction.experiment().yaml(), reproduction.name() + ".yaml");
    for (Map.Entry<String, String> key : keys.entrySet()) {
      file = file.withOverride(key.getKey(), key.getValue());
    }
    return file;
  }

  /** Figures that an arm has with every seed. */
  private static Map<String, Map<String, Reproduced.Spread>> spreads(
      List<Long> seeds, Map<String, Map<Long, Map<String, Double>>> figures) {
    Map<String, Map<String, Reproduced.Spread>> spreads = new LinkedHashMap<>();
    figures.forEach(
        (arm, bySeed) -> {
          Map<String, Reproduced.Spread> ofArm = new LinkedHashMap<>();
          for (String figure : bySeed.get(seeds.get(0)).keySet()) {
            List<Double> values = new ArrayList<>();
            for (Map<String, Double> ofSeed : bySeed.values()) {
              Optional.ofNullable(ofSeed.get(figure)).ifPresent(values::add);
            }
            if (values.size() == seeds.size()) {
              ofArm.put(figure, new Reproduced.Spread(values));
            }
          }
          spreads.put(arm, ofArm);
        });
    return spreads;
  }

  private static List<Reproduced.Verdict> verdicts(
      Reproduction reproduction,
      List<Long> seeds,
      Map<String, Map<Long, Map<String, Double>>> figures) {
    List<Reproduced.Verdict> verdicts = new ArrayList<>();
    for (Claim claim : reproduction.claims()) {
      List<Double> sums = new ArrayList<>();
      for (long seed : seeds) {
        Map<String, Map<String, Double>> ofSeed = new LinkedHashMap<>();
        figures.forEach((arm, bySeed) -> ofSeed.put(arm, bySeed.get(seed)));
        OptionalDouble sum = claim.of(ofSeed);
        sum.ifPresent(sums::add);
      }
      if (sums.size() == seeds.size()) {
        verdicts.add(new Reproduced.Verdict(claim, new Reproduced.Spread(sums)));
      }
    }
    return verdicts;
  }
}
