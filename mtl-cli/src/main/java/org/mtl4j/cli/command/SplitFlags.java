package org.mtl4j.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.server.config.ServedModel;
import org.mtl4j.server.routing.Split;
import picocli.CommandLine.Option;

/** Which labels answer requests that name none. */
final class SplitFlags {
  private static final double PERCENT = 100;

  @Option(
      names = "--split",
      paramLabel = "[NAME=]LABEL:PERCENT,...",
      description =
          "Share requests that name no version and no label out, stable:95,canary:5 say, the canary last; the same"
              + " X-Routing-Key, a user's id say, has always the same.")
  private List<String> splits = List.of();

  /**
   * By model.
   *
   * @param reloadUnder where models may come from that requests name, with other labels
   * @throws IllegalArgumentException if a value is none, is for no model, or names a label that its
   *     model has not
   */
  Map<String, Split> splits(List<ServedModel> models, Optional<Path> reloadUnder) {
    Map<String, Split> found = new LinkedHashMap<>();
    CatalogueFlags.byModel("--split", splits, models)
        .forEach(
            (model, values) -> {
              Split split = split(model, CatalogueFlags.one("--split", values));
              if (reloadUnder.isEmpty()) {
                models.stream()
                    .filter(served -> served.name().equals(model))
                    .forEach(served -> check(split, served));
              }
              found.put(model, split);
            });
    return found;
  }

  private static void check(Split split, ServedModel model) {
    for (Split.Variant variant : split.variants()) {
      if (!model.labels().containsKey(variant.label())) {
        throw new IllegalArgumentException(
            "--split: expected labels of the model \"%s\", %s, found \"%s\""
                .formatted(model.name(), model.labels().keySet(), variant.label()));
      }
    }
  }

  private static Split split(String model, String text) {
    List<Split.Variant> variants = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      int end = part.lastIndexOf(':');
      try {
        double share = Double.parseDouble(part.substring(end + 1)) / PERCENT;
        String label = part.substring(0, Math.max(0, end));
        variants.add(new Split.Variant(label, label, share));
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(
            "--split: expected LABEL:PERCENT, found \"" + part + "\"", e);
      }
    }
    // The last has the lowest keys, so that it keeps those that it has when its share grows.
    Collections.reverse(variants);
    return new Split(model, variants);
  }
}
