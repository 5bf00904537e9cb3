package org.mtl4j.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.experiment.explain.RowExplanation;
import org.mtl4j.experiment.explain.RowReport;
import org.mtl4j.serving.model.Attribution;

/** A row's explanation as JSON. */
final class RowJson {
  private RowJson() {}

  static Map<String, Object> of(RowExplanation found) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", found.run());
    json.put("row", found.row());
    json.put("place", found.place());
    json.put("outputs", found.outputs().stream().map(output -> json(found, output)).toList());
    json.put("warnings", found.warnings());
    return json;
  }

  private static Map<String, Object> json(RowExplanation found, RowExplanation.Explained output) {
    Attribution of = output.attribution();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("output", of.of().output());
    json.put("class", output.className().orElse(null));
    json.put("prediction", of.row().prediction());
    json.put("score", of.row().score());
    json.put("baseline_prediction", of.baseline().prediction());
    json.put("baseline_score", of.baseline().score());
    List<Map<String, Object>> features =
        of.features().stream().map(feature -> json(found, feature)).toList();
    json.put("features", features);
    json.put("groups", RowReport.groups(of));
    json.put("sum", of.sum());
    json.put("gap", of.gap());
    json.put("tolerance", of.tolerance());
    json.put("complete", of.isComplete());
    json.put("steps", of.steps());
    return json;
  }

  private static Map<String, Object> json(RowExplanation found, Attribution.Feature feature) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("feature", feature.name());
    json.put("group", feature.group().orElse(null));
    json.put("value", found.values().get(feature.name()));
    json.put("adds", feature.value());
    return json;
  }
}
