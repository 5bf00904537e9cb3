package org.mtl4j.experiment.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.config.Choice;
import org.mtl4j.core.config.ConfigNode;
import org.mtl4j.core.config.ConfigWriter;
import org.mtl4j.core.config.Problems;
import org.mtl4j.core.config.RecordBinder;
import org.mtl4j.core.config.Registry;
import org.mtl4j.core.config.Registry.Resolved;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.model.Bottom;
import org.mtl4j.core.model.Model;
import org.mtl4j.core.model.MultiTaskModel;
import org.mtl4j.core.model.OverBottom;
import org.mtl4j.models.unsupervised.Unsupervised;

/**
 * The models that an experiment can name, each architecture beside tasks without a label and over
 * any bottom: {@code model: {type: mmoe, bottom: {type: dcn_v2}}}. No model knows of that key,
 * which is taken out before its own keys are read.
 *
 * @param models by {@code model.type}
 * @param bottoms by {@code model.bottom.type}
 */
public record Architectures(Registry<Model> models, Registry<Bottom> bottoms) {
  private static final String KEY = "bottom";

  /**
   * The one key of a model that this class reads.
   *
   * @param bottom what the features go through first; empty: the model sees them as they are
   */
  private record Below(Optional<Choice> bottom) {}

  /**
   * Looks a choice up and makes what it chooses.
   *
   * @return empty if a name is unknown or a key is wrong; {@code problems} has it then
   */
  public Optional<Resolved<Model>> resolve(Choice choice, Problems problems) {
    return ofLabels(choice, problems)
        .map(
            found ->
                found.value() instanceof MultiTaskModel architecture
                    ? new Resolved<>(new Unsupervised(architecture), found.config(), found.choice())
                    : found);
  }

  /** What predicts labels. */
  private Optional<Resolved<Model>> ofLabels(Choice choice, Problems problems) {
    ConfigNode.Mapping body = choice.body();
    if (!body.entries().containsKey(KEY)) {
      return models.resolve(choice, problems);
    }
    Map<String, ConfigNode> own = new LinkedHashMap<>(body.entries());
    ConfigNode typed = own.remove(KEY);
    Optional<Resolved<Model>> model =
        models.resolve(new Choice(choice.type(), with(body, own)), problems);
    if (typed instanceof ConfigNode.Null) {
      return model;
    }
    Map<String, ConfigNode> below = Map.of(KEY, typed);
    Optional<Resolved<Bottom>> bottom =
        RecordBinder.bind(with(body, below), Below.class, problems)
            .flatMap(Below::bottom)
            .flatMap(chosen -> bottoms.resolve(chosen, problems));
    return model.flatMap(m -> bottom.flatMap(b -> over(m, b, problems)));
  }

  private static Optional<Resolved<Model>> over(
      Resolved<Model> model, Resolved<Bottom> bottom, Problems problems) {
    ConfigNode.Mapping body = model.choice().body();
    if (!(model.value() instanceof MultiTaskModel architecture)) {
      problems.add(
          ErrorCode.CONFIG_VALUE,
          ConfigNode.where(body.pathOf(KEY), body.location()),
          "Expected no bottom: %s takes features as they are.".formatted(model.choice().type()));
      return Optional.empty();
    }
    Map<String, ConfigNode> entries = new LinkedHashMap<>(body.entries());
    ConfigNode.Mapping below = ConfigWriter.toNode(new Below(Optional.of(bottom.choice())));
    entries.putAll(below.entries());
    return Optional.of(
        new Resolved<>(
            new OverBottom(architecture, bottom.value()),
            model.config(),
            new Choice(model.choice().type(), with(body, entries))));
  }

  private static ConfigNode.Mapping with(ConfigNode.Mapping body, Map<String, ConfigNode> entries) {
    return new ConfigNode.Mapping(body.path(), body.location(), entries);
  }
}
