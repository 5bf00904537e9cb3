package org.mtl4j.cli.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.experiment.diagnose.SlicedGate;

/** Gates slice by slice as JSON. */
final class GateJson {
  private GateJson() {}

  static List<Map<String, Object>> of(List<SlicedGate> gates) {
    return gates.stream().map(GateJson::of).toList();
  }

  private static Map<String, Object> of(SlicedGate gate) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("by", gate.by());
    json.put("gate", gate.gate());
    json.put("task", gate.task());
    json.put("experts", gate.experts());
    json.put("slices", gate.slices().stream().map(GateJson::of).toList());
    return json;
  }

  private static Map<String, Object> of(SlicedGate.Slice slice) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("slice", slice.name());
    json.put("rows", slice.size().rows());
    json.put("units", slice.size().units());
    json.put("small", slice.size().small());
    json.put("weights", slice.weights());
    json.put("entropy", slice.entropy());
    json.put("distance", slice.shift().map(SlicedGate.Shift::distance).orElse(null));
    Optional<SlicedGate.Chance> chance = slice.shift().flatMap(SlicedGate.Shift::chance);
    json.put("chance", chance.map(SlicedGate.Chance::distance).orElse(null));
    json.put("p", chance.map(SlicedGate.Chance::p).orElse(null));
    return json;
  }
}
