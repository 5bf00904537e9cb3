package org.mtl4j.experiment.tune;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.eval.multitask.ParetoPlots;

/** A tuning that has a winner, as the maps that JSON is made of. */
public final class TuningJson {
  private TuningJson() {}

  /** Objective, winner with its figures on validation and test rows, and all trials. */
  public static Map<String, Object> of(Tuning tuning) {
    Tuning.Entry best = tuning.entry(tuning.winner().orElseThrow());
    Map<String, Object> winner = new LinkedHashMap<>();
    winner.put("trial", best.trial().number());
    winner.put("objective", best.value().orElseThrow());
    winner.put("run", tuning.best().files().folder().toString());
    winner.put("experiment", tuning.files().best().toString());
    winner.put("validation", best.outcome().orElseThrow().validation());
    winner.put("test", tuning.test());
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("output", tuning.files().folder().toString());
    json.put("status", "finished");
    json.put("objective", tuning.objective().words());
    json.put("winner", winner);
    Optional<ParetoPlots> plots = TaskGoals.plots(tuning);
    plots.ifPresent(
        front ->
            json.put(
                "pareto_front",
                front.front().stream()
                    .map(i -> Integer.valueOf(front.candidates().get(i).label()))
                    .toList()));
    List<Map<String, Object>> trials = new ArrayList<>();
    for (Tuning.Entry entry : tuning.entries()) {
      entry.outcome().ifPresent(outcome -> trials.add(TuningFiles.json(entry, outcome)));
    }
    json.put("trials", trials);
    json.put("report", tuning.files().report().toString());
    return json;
  }
}
