package org.mtl4j.experiment.run;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Nearest;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.union.UnionConfig;
import org.mtl4j.experiment.config.SamplingConfig;

/** What of an experiment file has to fit its source. */
final class DomainChecks {
  private static final String SAMPLING = "training.sampling.";

  private DomainChecks() {}

  /** The source, if the split can be made of it. */
  static Optional<Choice> source(ExperimentDraft draft, Parts parts, Problems problems) {
    Optional<Choice> source = draft.source();
    boolean known = source.filter(s -> parts.sources().names().contains(s.type())).isPresent();
    if (known
        && draft.splitsByFiles()
        && !new Datasets(parts.sources(), parts.lookups()).readsFiles(source.get())) {
      problems.add(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              draft.where("data.split.by"),
              "Expected a source of files, as the split names them, found the type \"%s\"."
                  .formatted(source.get().type()),
              "Split by time, by a column, by group or at random."));
      return Optional.empty();
    }
    return source;
  }

  /** Ratios are of domains and tasks that there are. */
  static void checkSampling(ExperimentDraft draft, Problems problems) {
    Optional<SamplingConfig> sampling = draft.sampling();
    if (sampling.isEmpty()) {
      return;
    }
    draft
        .tasks()
        .ifPresent(
            tasks ->
                checkNames(draft, "task", sampling.get().task(), tasks.keySet())
                    .forEach(problems::add));
    Map<String, Double> domains = sampling.get().domain();
    Optional<Choice> source = draft.source();
    if (source.filter(s -> s.type().equals(UnionConfig.TYPE)).isPresent()) {
      UnionConfig.of(source.get())
          .ifPresent(
              union ->
                  checkNames(draft, "domain", domains, union.domains()).forEach(problems::add));
    } else if (source.isPresent() && !domains.isEmpty()) {
      problems.add(
          new Problem(
              ErrorCode.CONFIG_VALUE,
              draft.where(SAMPLING + "domain"),
              "Expected a source of domains, of the type union, found the type \"%s\"."
                  .formatted(source.get().type()),
              "Name the sources of the domains by a union, or give ratios of tasks."));
    }
  }

  private static List<Problem> checkNames(
      ExperimentDraft draft, String kind, Map<String, Double> ratios, Collection<String> known) {
    return ratios.keySet().stream()
        .filter(name -> !known.contains(name))
        .map(
            name ->
                new Problem(
                    ErrorCode.UNKNOWN_NAME,
                    draft.where(SAMPLING + kind + "." + name),
                    "There is no %s \"%s\".".formatted(kind, name),
                    Nearest.hint(name, known)))
        .toList();
  }
}
