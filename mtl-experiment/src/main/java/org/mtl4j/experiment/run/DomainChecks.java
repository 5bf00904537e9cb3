package org.mtl4j.experiment.run;

import java.util.Optional;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.Problem;

/** What of an experiment file has to fit its source. */
final class DomainChecks {
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
}
