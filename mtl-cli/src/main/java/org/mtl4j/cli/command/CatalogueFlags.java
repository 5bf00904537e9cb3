package org.mtl4j.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mtl4j.core.manifest.FusionFile;
import org.mtl4j.experiment.apply.RunData;
import org.mtl4j.experiment.run.Datasets;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.model.CatalogueSource;
import org.mtl4j.server.model.Recommending;
import org.mtl4j.serving.catalogue.ItemCatalogue;
import picocli.CommandLine.Option;

/** What models recommend with; of several models each value has its model's name in front. */
final class CatalogueFlags {
  @Option(
      names = "--catalogue",
      arity = "1..*",
      paramLabel = "[NAME=]FILE",
      description =
          "A table of items, encoded once for each version and again when it changes: requests to"
              + " recommend may name them by id, or leave candidates out and have all of them.")
  private List<String> files = List.of();

  @Option(
      names = "--catalogue-id",
      paramLabel = "[NAME=]COLUMN",
      description = "The column with the ids of --catalogue.")
  private List<String> ids = List.of();

  @Option(
      names = "--fusion",
      paramLabel = "[NAME=]FILE",
      description =
          "Where a request does not say, rank by the outputs and weights of a file that mtl fuse"
              + " wrote.")
  private List<String> fusions = List.of();

  @Option(
      names = "--explain",
      description =
          "Let requests to recommend ask why: each version takes as much memory again for it.")
  private boolean explain;

  /**
   * What they say.
   *
   * @throws IllegalArgumentException if one option lacks the other, or a value is for no model
   * @throws org.mtl4j.core.error.MtlException if a file is not there, or is no fusion
   */
  Recommending recommending(List<ServedModel> models, Datasets datasets) {
    Map<String, List<String>> tables = byModel("--catalogue", files, models);
    Map<String, List<String>> columns = byModel("--catalogue-id", ids, models);
    if (!tables.keySet().equals(columns.keySet())) {
      throw new IllegalArgumentException(
          "expected --catalogue and --catalogue-id, found one of them");
    }
    Map<String, CatalogueSource> catalogues = new LinkedHashMap<>();
    tables.forEach(
        (model, table) ->
            catalogues.put(
                model, source(table, one("--catalogue-id", columns.get(model)), datasets)));
    Map<String, Path> orders = new LinkedHashMap<>();
    byModel("--fusion", fusions, models)
        .forEach((model, named) -> orders.put(model, Path.of(one("--fusion", named))));
    orders.values().forEach(FusionFile::read);
    return new Recommending(catalogues, orders, explain);
  }

  private static CatalogueSource source(List<String> table, String id, Datasets datasets) {
    RunData data = new RunData(datasets, Optional.empty());
    data.items(table, Set.of()); // A file that is not there is said before the server starts.
    return new CatalogueSource(
        table.stream().map(Path::of).toList(),
        () -> ItemCatalogue.load(data.items(table, Set.of()), id));
  }

  static String one(String option, List<String> values) {
    if (values.size() != 1) {
      throw new IllegalArgumentException(option + ": expected one of a model, found several");
    }
    return values.get(0);
  }

  static Map<String, List<String>> byModel(
      String option, List<String> values, List<ServedModel> models) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    List<String> names = models.stream().map(ServedModel::name).toList();
    for (String value : values) {
      int end = value.indexOf('=');
      boolean isNamed = end > 0 && names.contains(value.substring(0, end));
      if (!isNamed && names.size() > 1) {
        throw new IllegalArgumentException(
            "%s: expected NAME=... with one of the models %s, found \"%s\""
                .formatted(option, String.join(", ", names), value));
      }
      found
          .computeIfAbsent(
              isNamed ? value.substring(0, end) : names.get(0), name -> new ArrayList<>())
          .add(isNamed ? value.substring(end + 1) : value);
    }
    return found;
  }
}
