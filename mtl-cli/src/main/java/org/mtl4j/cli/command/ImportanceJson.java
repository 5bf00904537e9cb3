package org.mtl4j.cli.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mtl4j.eval.importance.Importance;
import org.mtl4j.experiment.explain.ImportanceRequest;
import org.mtl4j.experiment.explain.RunImportance;

/** Importances as JSON. */
final class ImportanceJson {
  private ImportanceJson() {}

  static Map<String, Object> of(RunImportance found, ImportanceRequest request) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("run", found.run());
    json.put("rows", found.rows());
    json.put("total_rows", found.total());
    json.put("repeats", request.repeats());
    json.put("seed", request.seed());
    List<Map<String, Object>> importances = new ArrayList<>();
    found.importances().forEach(i -> importances.add(json(found, i)));
    json.put("importance", importances);
    json.put("warnings", found.warnings());
    return json;
  }

  private static Map<String, Object> json(RunImportance found, Importance importance) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("output", importance.of().output());
    json.put("metric", importance.of().metric());
    json.put("rows", importance.rows());
    json.put("figure", importance.figure());
    json.put("column", importance.of().columns());
    json.put("features", found.features().get(importance.of().columns()));
    json.put("drop", importance.mean());
    json.put("sd", importance.drops().size() > 1 ? importance.deviation() : null);
    json.put("interval", importance.interval().map(i -> List.of(i.low(), i.high())).orElse(null));
    json.put("drops", importance.drops());
    return json;
  }
}
