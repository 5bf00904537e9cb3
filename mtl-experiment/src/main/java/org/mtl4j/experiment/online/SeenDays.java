package org.mtl4j.experiment.online;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import org.mtl4j.core.error.ErrorCode;
import org.mtl4j.core.error.MtlException;
import org.mtl4j.core.error.Problem;
import org.mtl4j.core.file.Unfinished;
import org.mtl4j.core.schema.Vocabulary;
import org.mtl4j.data.cache.CheckedFile;
import org.mtl4j.data.codec.Codec;
import org.mtl4j.data.codec.Codecs;
import org.mtl4j.experiment.run.RunFiles;

/**
 * On which day each token was seen last, in days since 1970: by the rows' own times where the
 * experiment says them, else by the clock. Rows may come late; an earlier day changes nothing. A
 * token of which nobody has taken a day down, one that training rows alone had, counts from the
 * run's first update.
 *
 * @param days per table, by id
 */
record SeenDays(Map<String, int[]> days) {
  /** Keeps the order: equal updates write equal bytes. */
  SeenDays {
    days = Collections.unmodifiableMap(new LinkedHashMap<>(days));
  }

  /** Nothing is known. */
  static final SeenDays NONE = new SeenDays(Map.of());

  /**
   * The same after rows.
   *
   * @param ids per table, by id, whether a row has it
   */
  SeenDays after(Map<String, boolean[]> ids, long day) {
    Map<String, int[]> now = new LinkedHashMap<>();
    ids.forEach(
        (table, seen) -> {
          int[] known = days.getOrDefault(table, new int[0]);
          int[] last = new int[seen.length];
          for (int id = 0; id < last.length; id++) {
            int before = id < known.length ? known[id] : (int) day;
            last[id] = seen[id] ? Math.max(before, (int) day) : before;
          }
          now.put(table, last);
        });
    return new SeenDays(now);
  }

  /** Which ids' tokens were not seen for more days than these; 0: none. */
  Map<String, IntPredicate> forgotten(long day, int after) {
    Map<String, IntPredicate> goes = new LinkedHashMap<>();
    if (after > 0) {
      days.forEach((table, last) -> goes.put(table, id -> day - last[id] > after));
    }
    return goes;
  }

  /** The same by the ids of vocabularies that were extended; what is new there was seen today. */
  SeenDays under(Map<String, Vocabulary> before, Map<String, Vocabulary> extended, long day) {
    Map<String, int[]> now = new LinkedHashMap<>();
    extended.forEach(
        (table, vocabulary) -> {
          int[] last = new int[vocabulary.size()];
          Arrays.fill(last, (int) day);
          for (int i = 0; i < vocabulary.tokens().size(); i++) {
            int id = before.get(table).id(vocabulary.tokens().get(i));
            if (id >= Vocabulary.FIRST_TOKEN) {
              last[i + Vocabulary.FIRST_TOKEN] = days.get(table)[id];
            }
          }
          now.put(table, last);
        });
    return new SeenDays(now);
  }

  void write(UpdateFiles files) {
    Unfinished unfinished = new Unfinished(files.seen());
    Codec<SeenDays> codec = new Codecs().of(SeenDays.class);
    try {
      CheckedFile.write(unfinished.path(), out -> codec.write(this, out));
      unfinished.finish();
    } catch (IOException e) {
      unfinished.drop();
      throw RunFiles.failure(files.seen(), e);
    }
  }

  static SeenDays read(UpdateFiles files) {
    if (!Files.exists(files.seen())) {
      return NONE;
    }
    Codec<SeenDays> codec = new Codecs().of(SeenDays.class);
    try {
      return CheckedFile.read(files.seen(), codec::read);
    } catch (IOException e) {
      throw new MtlException(
          new Problem(
              ErrorCode.DATA_FORMAT,
              files.seen().toString(),
              "Expected when tokens were seen last, found something else: " + e.getMessage() + ".",
              "Put the file back as it was; without it all tokens count from the next update."),
          e);
    }
  }
}
