package org.mtl4j.cli.command;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.experiment.apply.RunData;
import org.mtl4j.experiment.run.Datasets;
import org.mtl4j.serving.catalogue.ItemCatalogue;
import picocli.CommandLine.Option;

/** Items that requests to recommend name by their ids. */
final class CatalogueFlags {
  @Option(
      names = "--catalogue",
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "A table of items, encoded once for each version: requests to recommend may name them by"
              + " id, or leave candidates out and have all of them.")
  private List<String> files = List.of();

  @Option(
      names = "--catalogue-id",
      paramLabel = "COLUMN",
      description = "The column with the ids of --catalogue.")
  private String id;

  /**
   * Reads the items, each time it is asked; empty if there are none.
   *
   * @throws IllegalArgumentException if one option lacks the other
   * @throws org.mtl4j.core.error.MtlException if a file is not there
   */
  Optional<Supplier<ItemCatalogue>> catalogue(Datasets datasets) {
    if (files.isEmpty() != (id == null)) {
      throw new IllegalArgumentException(
          "expected --catalogue and --catalogue-id, found one of them");
    }
    if (files.isEmpty()) {
      return Optional.empty();
    }
    BatchSource source = new RunData(datasets, Optional.empty()).items(files, Set.of());
    return Optional.of(() -> ItemCatalogue.load(source, id));
  }
}
