package org.mtl4j.core.feature;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.graph.TensorNames;
import org.mtl4j.core.schema.Vocabulary;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Constant;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TFloating;
import org.tensorflow.types.family.TType;

/**
 * The pipeline's twin in an exported graph: raw values in, the feature tensors of training out, by
 * the same formulas in the same order. Between the two stand the ids [B, F] and the dense values
 * [B, W] as {@link FeaturePipeline} gives them; they can be fed in place of the raw values.
 */
public final class ServingTransforms {
  /**
   * A vocabulary file that the graph reads when it is loaded.
   *
   * @param file name in the export's asset folder
   * @param path constant with the file's path; a loader feeds the real one
   * @param vocabulary what the file holds
   */
  public record Asset(String file, Constant<TString> path, Vocabulary vocabulary) {
    /** Writes the file into the asset folder. */
    public void write(Path assets) throws IOException {
      VocabularyFile.write(assets.resolve(file), vocabulary);
    }
  }

  private final GraphContext context;
  // Texts and tables are looked up there in any case, and numbers below float32's normal range are
  // 0 there alone, as they are in Java: a GPU keeps them.
  private final GraphContext processor;
  private final RawPlaceholders raw;
  private final IdTwin twin;
  private final List<Operand<TFloating>> weights = new ArrayList<>();
  private final Optional<Operand<TInt64>> ids;
  private final Optional<Operand<TFloating>> dense;
  private final FeatureTensors features;
  private final List<FeatureTensors.Block> seen = new ArrayList<>();
  private final Map<String, String> crosses = new LinkedHashMap<>();
  private final List<EncodedPart> parts;

  /**
   * Adds the transforms of a pipeline to a graph of float32.
   *
   * @param embeddings that the model has of each feature
   */
  public ServingTransforms(GraphContext context, FeaturePipeline pipeline, Embeddings embeddings) {
    this.context = context;
    this.processor = context.onProcessor();
    this.raw = new RawPlaceholders(processor, pipeline);
    this.twin = new IdTwin(processor);
    this.ids = ids(pipeline);
    this.dense =
        dense(
            pipeline.numbers().isEmpty()
                ? Optional.empty()
                : Optional.of(new DenseTwin(processor, raw).dense(pipeline.numbers())));
    this.features = assemble(pipeline, embeddings);
    this.parts = EncodedPart.of(pipeline, crosses);
  }

  /** Ids of the features with one value, then of those with several: [B, F]; all are named. */
  private Optional<Operand<TInt64>> ids(FeaturePipeline pipeline) {
    IdTwins twins = new IdTwins(processor, raw, twin);
    List<Operand<TInt64>> single = new ArrayList<>();
    for (FittedIds feature : pipeline.ids()) {
      List<Operand<TInt64>> columns = twins.ids(feature);
      if (feature instanceof FittedCross) {
        crosses.put(feature.name(), TensorNames.of(columns.get(0)));
      }
      single.addAll(columns);
    }
    List<Operand<TInt64>> parts = new ArrayList<>();
    if (!single.isEmpty()) {
      parts.add(processor.tf().stack(single, Stack.axis(1L)));
    }
    for (FittedList feature : pipeline.lists()) {
      IdTwins.ListTensors list = twins.list(feature);
      parts.add(list.ids());
      list.weights().ifPresent(weights::add);
    }
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    Ops named = processor.tf().withName("ids");
    return Optional.of(
        parts.size() == 1
            ? named.identity(parts.get(0))
            : named.concat(parts, processor.tf().constant(1)));
  }

  /** The numbers, and behind them the weights of lists. */
  private Optional<Operand<TFloating>> dense(Optional<Operand<TFloating>> numbers) {
    if (weights.isEmpty()) {
      return numbers;
    }
    List<Operand<TFloating>> all = new ArrayList<>();
    numbers.ifPresent(all::add);
    all.addAll(weights);
    Ops named = processor.tf().withName("dense_and_weights");
    return Optional.of(
        all.size() == 1
            ? named.identity(all.get(0))
            : named.concat(all, processor.tf().constant(1)));
  }

  private FeatureTensors assemble(FeaturePipeline pipeline, Embeddings embeddings) {
    EncodedTensors encoded = new EncodedTensors(ids, dense);
    ServedVectors vectors = new ServedVectors(context, pipeline, embeddings, encoded);
    FeatureBlocks layout = new FeatureBlocks(pipeline);
    Optional<FeatureTensors.Block> numbers =
        numbers(pipeline, encoded)
            .map(tensor -> new FeatureTensors.Block(tensor, layout.denseParts()));
    FeatureTensors assembled = layout.assemble(context, embeddings, vectors, numbers);
    seen.addAll(vectors.seen());
    numbers.ifPresent(seen::add);
    List<Operand<TInt64>> columns = vectors.columns();
    return assembled.withIds(
        feature ->
            IntStream.range(0, columns.size())
                .filter(c -> pipeline.idColumns().get(c).feature().name().equals(feature.name()))
                .<Operand<TInt64>>mapToObj(columns::get)
                .toList());
  }

  /** The dense inputs without weights. */
  private Optional<Operand<TFloating>> numbers(FeaturePipeline pipeline, EncodedTensors encoded) {
    if (pipeline.denseWidth() == 0) {
      return Optional.empty();
    }
    return weights.isEmpty()
        ? dense
        : Optional.of(encoded.dense(context.tf(), 0, pipeline.denseWidth()));
  }

  /** The raw inputs by name. */
  public Map<String, Placeholder<? extends TType>> raw() {
    return raw.all();
  }

  /** The ids [B, F] in the order of the id columns; empty when there are none. */
  public Optional<Operand<TInt64>> ids() {
    return ids;
  }

  /** The dense inputs, and behind them the weights of lists: [B, W]; empty when there are none. */
  public Optional<Operand<TFloating>> dense() {
    return dense;
  }

  /** Which columns of {@link #ids} and {@link #dense} are made of which raw inputs. */
  public List<EncodedPart> parts() {
    return parts;
  }

  /** What a model takes. */
  public FeatureTensors features() {
    return features;
  }

  /**
   * What a model sees of each feature, before lists are pooled or encoded: of each id all its
   * embeddings [B, width], of a list [B, L, width] those of its values, and all numbers side by
   * side [B, W].
   */
  public List<FeatureTensors.Block> seen() {
    return List.copyOf(seen);
  }

  /** The vocabulary files. */
  public List<Asset> assets() {
    return twin.assets();
  }

  /** Operations to run once after loading. */
  public List<Op> initializers() {
    return twin.initializers();
  }
}
