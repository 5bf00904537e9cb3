package org.mtl4j.experiment.run;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.feature.FeaturePipeline;
import org.mtl4j.core.feature.FittedFeature;
import org.mtl4j.core.feature.TableSpec;
import org.mtl4j.core.schema.FeatureSpec;

/**
 * Transforms that are not learnt anew: those that the run which training begins from has for a
 * feature. What it has none for is learnt; labels are always.
 *
 * @param transforms of that run
 * @param sha256 of its file, by which encoded rows tell that these transforms made them
 */
record KeptTransforms(RunTransforms transforms, String sha256) {
  /**
   * Checks that features of one name are one feature.
   *
   * @throws MtlException CONFIG_VALUE with each that is not
   */
  void check(List<FeatureSpec> features) {
    Map<String, FittedFeature> own = own();
    List<Problem> problems = new ArrayList<>();
    for (FeatureSpec feature : features) {
      FittedFeature kept = own.get(feature.name());
      if (kept != null && !kept.spec().equals(feature)) {
        problems.add(
            new Problem(
                ErrorCode.CONFIG_VALUE,
                "features." + feature.name(),
                "Its transform is to be kept, and the feature is another one: expected %s."
                    .formatted(difference(kept.spec(), feature)),
                "Write it as the other run has it, give it another name, or take"
                    + " training.init_from.transforms: refit."));
      }
    }
    if (!problems.isEmpty()) {
      throw new MtlException(problems);
    }
  }

  /** Features are records: what differs is a component. */
  private static String difference(FeatureSpec before, FeatureSpec now) {
    if (!before.getClass().equals(now.getClass())) {
      return "%s, found %s".formatted(before, now);
    }
    List<String> different = new ArrayList<>();
    for (RecordComponent component : before.getClass().getRecordComponents()) {
      try {
        Object was = component.getAccessor().invoke(before);
        Object is = component.getAccessor().invoke(now);
        if (!was.equals(is)) {
          different.add("%s %s, found %s".formatted(component.getName(), was, is));
        }
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(component + " cannot be asked", e);
      }
    }
    return String.join("; ", different);
  }

  /** The names of the features whose transforms are kept. */
  List<String> names(List<FeatureSpec> features) {
    return features.stream().map(FeatureSpec::name).filter(own().keySet()::contains).toList();
  }

  private Map<String, FittedFeature> own() {
    Map<String, FittedFeature> own = new LinkedHashMap<>();
    transforms.pipeline().features().forEach(feature -> own.put(feature.name(), feature));
    return own;
  }

  /**
   * What was learnt, with these transforms in place of its own.
   *
   * @throws MtlException CONFIG_VALUE if a feature that is new shares a table with one that is kept
   */
  LearntData in(LearntData learnt) {
    Map<String, FittedFeature> own = own();
    List<FittedFeature> features = new ArrayList<>();
    Set<String> tables =
        transforms.pipeline().tables().stream().map(TableSpec::name).collect(Collectors.toSet());
    for (FittedFeature feature : learnt.pipeline().features()) {
      if (!own.containsKey(feature.name())) {
        checkTables(feature, tables);
      }
      features.add(own.getOrDefault(feature.name(), feature));
    }
    return new LearntData(
        new FeaturePipeline(features, learnt.pipeline().served()),
        learnt.tasks(),
        learnt.replay(),
        learnt.notes());
  }

  private static void checkTables(FittedFeature feature, Set<String> kept) {
    for (TableSpec table : new FeaturePipeline(List.of(feature)).tables()) {
      if (kept.contains(table.name())) {
        throw new MtlException(
            new Problem(
                ErrorCode.CONFIG_VALUE,
                "features." + feature.name(),
                "The feature is new, and its table \"%s\" is the other run's, whose ids are kept."
                    .formatted(table.name()),
                "Give it a table of its own, or take training.init_from.transforms: refit."));
      }
    }
  }
}
