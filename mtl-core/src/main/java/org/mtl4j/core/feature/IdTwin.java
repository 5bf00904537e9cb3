package org.mtl4j.core.feature;

import static org.mtl4j.core.schema.Vocabulary.FIRST_TOKEN;
import static org.mtl4j.core.schema.Vocabulary.MISSING;
import static org.mtl4j.core.schema.Vocabulary.OUT_OF_VOCABULARY;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.schema.CategoricalFeature.Hashed;
import org.mtl4j.core.schema.CrossFeature;
import org.mtl4j.core.schema.UnicodeText;
import org.mtl4j.core.schema.Vocabulary;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Constant;
import org.tensorflow.op.core.HashTable;
import org.tensorflow.op.core.InitializeTableFromTextFile;
import org.tensorflow.op.strings.Join;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** {@link FittedCategorical#id} in a graph, with the vocabularies that it looks values up in. */
final class IdTwin {
  private static final int WHOLE_LINE = -2;
  private static final int LINE_NUMBER = -1;

  private final GraphContext context;
  private final Map<String, ServingTransforms.Asset> assets = new LinkedHashMap<>();
  private final Map<String, HashTable> lookups = new LinkedHashMap<>();
  private final List<Op> initializers = new ArrayList<>();

  IdTwin(GraphContext context) {
    this.context = context;
  }

  /**
   * The ids of values.
   *
   * @param tf the scope to make operations in
   * @param value texts of any shape
   * @param missing the id of the empty text and of those that are missing
   * @return ids in that shape
   */
  Operand<TInt64> ids(Ops tf, FittedCategorical feature, Operand<TString> value, int missing) {
    Operand<TInt64> known =
        feature.spec().ids() instanceof Hashed hashed
            ? tf.math.add(
                tf.strings.toHashBucketFast(value, (long) hashed.buckets()), tf.constant(1L))
            : lookup(tf, feature, value);
    return tf.select(isMissing(tf, feature.missing(), value), all(tf, value, missing), known);
  }

  /**
   * The ids of combinations.
   *
   * @param values per feature that is combined its texts [B]
   * @return [B]
   */
  Operand<TInt64> ids(Ops tf, FittedCross feature, List<Operand<TString>> values) {
    Operand<TBool> missing = tf.constant(false);
    List<Operand<TString>> escaped = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      missing = tf.math.logicalOr(missing, isMissing(tf, feature.missing().get(i), values.get(i)));
      escaped.add(
          tf.strings.staticRegexReplace(values.get(i), CrossFeature.ESCAPED, CrossFeature.ESCAPE));
    }
    Operand<TString> joined = tf.strings.join(escaped, Join.separator(CrossFeature.SEPARATOR));
    Operand<TInt64> known = ids(tf, feature.joined(), joined, MISSING);
    return tf.select(missing, all(tf, joined, MISSING), known);
  }

  /** The texts, the empty one in place of those that are missing. */
  static Operand<TString> withoutMissing(Ops tf, Set<String> missing, Operand<TString> value) {
    return missing.isEmpty()
        ? value
        : tf.select(
            isMissing(tf, missing, value), tf.fill(tf.shape(value), tf.constant("")), value);
  }

  private static Operand<TBool> isMissing(Ops tf, Set<String> markers, Operand<TString> value) {
    Operand<TBool> missing = tf.math.equal(value, tf.constant(""));
    for (String marker : markers) {
      Operand<TBool> marked = tf.math.equal(value, tf.constant(UnicodeText.wellFormed(marker)));
      missing = tf.math.logicalOr(missing, marked);
    }
    return missing;
  }

  private static Operand<TInt64> all(Ops tf, Operand<TString> value, int id) {
    return tf.fill(tf.shape(value), tf.constant((long) id));
  }

  /** Line numbers of the vocabulary file plus 2; not found is -1, which becomes 1. */
  private Operand<TInt64> lookup(Ops tf, FittedCategorical feature, Operand<TString> value) {
    Vocabulary vocabulary = feature.vocabulary().orElseThrow();
    if (vocabulary.tokens().isEmpty()) {
      return all(tf, value, OUT_OF_VOCABULARY); // TensorFlow reads no table from an empty file.
    }
    HashTable table =
        lookups.computeIfAbsent(
            feature.spec().table(),
            name -> table(name, feature.vocabularyFile().orElseThrow(), vocabulary));
    Operand<TString> key = VocabularyFile.needsEscapes(vocabulary) ? escape(tf, value) : value;
    Operand<TInt64> line = tf.lookupTableFind(table, key, tf.constant(-1L));
    return tf.math.add(line, tf.constant((long) FIRST_TOKEN));
  }

  private static Operand<TString> escape(Ops tf, Operand<TString> value) {
    Operand<TString> escaped = tf.strings.staticRegexReplace(value, "\\\\", "\\\\\\\\");
    escaped = tf.strings.staticRegexReplace(escaped, "\n", "\\\\n");
    return tf.strings.staticRegexReplace(escaped, "\r", "\\\\r");
  }

  private HashTable table(String name, String file, Vocabulary vocabulary) {
    Ops tf = context.scope("vocabulary").scope(name).tf();
    Constant<TString> path = tf.withName("file").constant(file);
    assets.put(name, new ServingTransforms.Asset(file, path, vocabulary));
    HashTable table =
        tf.hashTable(TString.class, TInt64.class, HashTable.sharedName("vocabulary_" + name));
    initializers.add(
        tf.initializeTableFromTextFile(
            table,
            path,
            (long) WHOLE_LINE,
            (long) LINE_NUMBER,
            InitializeTableFromTextFile.vocabSize((long) vocabulary.tokens().size())));
    return table;
  }

  /** The vocabulary files. */
  List<ServingTransforms.Asset> assets() {
    return List.copyOf(assets.values());
  }

  /** Operations to run once after loading. */
  List<Op> initializers() {
    return List.copyOf(initializers);
  }
}
