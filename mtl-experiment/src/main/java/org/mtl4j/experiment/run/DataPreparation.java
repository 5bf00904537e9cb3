package org.mtl4j.experiment.run;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.mtl4j.core.batch.BatchSource;
import org.mtl4j.core.batch.PackedRows;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.data.cache.CacheDraft;
import org.mtl4j.data.cache.CacheWriteException;
import org.mtl4j.data.cache.DataCache;
import org.mtl4j.data.cache.EntryInfo;
import org.mtl4j.data.cache.RowCache;
import org.mtl4j.data.cache.StoredRows;
import org.mtl4j.data.dataset.SplitDataset;
import org.mtl4j.data.dataset.SpooledBlocks;
import org.mtl4j.data.split.Split;

/**
 * Makes the data of a run ready: out of the cache between runs if they are there, otherwise learnt
 * from and encoded, into the cache or, without one, into files of the run's own.
 */
final class DataPreparation {
  private final ExperimentPlan plan;
  private final SplitDataset dataset;
  private final boolean lint;
  private final Optional<KeptTransforms> kept;
  private final ExperimentListener listener;

  /**
   * Of an experiment's data.
   *
   * @param lint whether the linter looks at the rows; its errors stop the run
   * @param kept transforms that are not learnt from the rows, if such are kept
   * @param listener hears of the rows as they are read, and of the linter's warnings
   */
  DataPreparation(
      ExperimentPlan plan,
      SplitDataset dataset,
      boolean lint,
      Optional<KeptTransforms> kept,
      ExperimentListener listener) {
    this.plan = plan;
    this.dataset = dataset;
    this.lint = lint;
    this.kept = kept;
    this.listener = listener;
  }

  /**
   * Makes them ready; the caller closes them.
   *
   * @param own takes the rows if no cache does
   * @param folder of the cache; empty: without one
   * @throws MtlException for whatever is wrong with the data, of code LINT with the linter's errors
   */
  PreparedData prepare(RowCache own, Optional<Path> folder) {
    try (SpooledBlocks blocks = SpooledBlocks.in(own.temporary("blocks"))) {
      return prepare(new Reading(own, blocks, dataset.spooled(blocks)), folder);
    }
  }

  /** How rows are read: once, and then out of a file. */
  private record Reading(RowCache own, SpooledBlocks blocks, SplitDataset rows) {}

  private PreparedData prepare(Reading reading, Optional<Path> folder) {
    Optional<String> program = folder.isPresent() ? program() : Optional.empty();
    if (program.isEmpty()) {
      return withoutCache(reading);
    }
    String fingerprint = fingerprint();
    String transforms = kept.map(KeptTransforms::sha256).orElse("");
    String key = DataKey.of(plan, program.get(), fingerprint + transforms, lint);
    Place place = new Place(new DataCache(folder.get(), listener::onNote), key, fingerprint);
    return open(place)
        .or(() -> place.cache().begin(key).flatMap(draft -> fill(place, draft, reading)))
        .orElseGet(() -> withoutCache(reading));
  }

  /** Where the rows are in the cache, or will be. */
  private record Place(DataCache cache, String key, String fingerprint) {
    Optional<PreparedData> open() {
      return cache.open(key, KeptState.codec()).map(entry -> PreparedData.of(entry, fingerprint));
    }
  }

  /** The hash of the program, if there is something to look up by it. */
  private Optional<String> program() {
    BatchSource rows = dataset.rows(Split.TRAIN);
    if (!rows.hasQuickFingerprint()) {
      listener.onNote(
          "the rows of this source are not kept in the cache: only reading all of them would tell"
              + " whether they have changed; a copy of them in a file is kept");
      return Optional.empty();
    }
    Optional<String> program = ProgramHash.find();
    if (program.isEmpty()) {
      listener.onNote("nothing is kept in the cache: the program's own files cannot be read");
    }
    return program;
  }

  private Optional<PreparedData> open(Place place) {
    Optional<PreparedData> found = place.open();
    found.ifPresent(
        prepared -> {
          listener.onNote("encoded rows come from the cache, entry " + place.key());
          prepared.data().learnt().lint().warnings().forEach(this::warn);
        });
    return found;
  }

  private Optional<PreparedData> fill(Place place, CacheDraft draft, Reading reading) {
    try (draft) {
      Optional<PreparedData> meanwhile = open(place); // By a process that was quicker.
      if (meanwhile.isPresent()) {
        return meanwhile;
      }
      ExperimentData.Learnt learnt = learn(reading);
      Map<Split, StoredRows> rows = learnt.encode(plan, reading.rows(), draft, listener);
      checkUnchanged(place.fingerprint());
      KeptState state = KeptState.of(learnt.data());
      draft.publish(info(rows), byName(rows), state, KeptState.codec());
      return place.open();
    } catch (CacheWriteException e) {
      listener.onNote("the cache is not used, and the rows are read once more: " + e.getMessage());
      return Optional.empty();
    }
  }

  /** Anew: what is kept of a pass does not know where its rows came from. */
  private ExperimentData.Learnt learn(Reading reading) {
    reading.blocks().forget();
    ExperimentData.Learnt anew = ExperimentData.learn(plan, reading.rows(), lint, listener);
    ExperimentData.Learnt learnt =
        new ExperimentData.Learnt(
            kept.map(transforms -> transforms.in(anew.data())).orElse(anew.data()), anew.rows());
    learnt.data().lint().warnings().forEach(this::warn);
    learnt.data().lint().throwIfErrors();
    return learnt;
  }

  private void warn(Object finding) {
    listener.onWarning(finding.toString());
  }

  private PreparedData withoutCache(Reading reading) {
    ExperimentData.Learnt learnt = learn(reading);
    Map<Split, PackedRows> rows = learnt.encode(plan, reading.rows(), reading.own(), listener);
    return new PreparedData(
        new ExperimentData(learnt.data(), Map.copyOf(rows)), fingerprint(), Optional.empty());
  }

  private String fingerprint() {
    return PretrainedFiles.fingerprint(plan.features(), dataset.rows(Split.TRAIN).fingerprint());
  }

  /** Rows of one file under the name of another would be taken for right ever after. */
  private void checkUnchanged(String before) {
    if (!before.equals(fingerprint())) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              "data.source",
              "Expected data that stay as they are, found that they changed while they were read.",
              "Run again once nothing writes to them."));
    }
  }

  private EntryInfo info(Map<Split, StoredRows> rows) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    rows.forEach((split, stored) -> counts.put(ExperimentRunner.name(split), stored.rowCount()));
    return new EntryInfo(plan.config().name(), counts);
  }

  private static Map<String, StoredRows> byName(Map<Split, StoredRows> rows) {
    Map<String, StoredRows> byName = new LinkedHashMap<>();
    rows.forEach((split, stored) -> byName.put(ExperimentRunner.name(split), stored));
    return byName;
  }
}
