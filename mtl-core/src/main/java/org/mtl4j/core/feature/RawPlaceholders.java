package org.mtl4j.core.feature;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mtl4j.core.graph.GraphContext;
import org.mtl4j.core.schema.TimeRule;
import org.mtl4j.core.task.Decimals;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

/**
 * Where raw values enter an exported graph: a placeholder [B] an input, by name; and for what is
 * known in training only the value that serving gives to every row.
 */
final class RawPlaceholders {
  private final GraphContext context;
  private final Map<String, Placeholder<? extends TType>> placeholders = new LinkedHashMap<>();
  private final Map<String, Operand<TString>> texts = new HashMap<>();
  private final Map<String, Operand<TFloat32>> numbers = new HashMap<>();
  private final Map<String, Operand<TInt64>> times = new HashMap<>();

  /** Makes one for each input that serving takes, called {@code raw} in its scope. */
  RawPlaceholders(GraphContext context, FeaturePipeline pipeline) {
    this.context = context;
    for (RawInput input : pipeline.inputs()) {
      if (input.type() instanceof RawType.Texts) {
        texts.put(input.name(), make(input, TString.class));
      } else if (input.type() instanceof RawType.Numbers) {
        numbers.put(input.name(), make(input, TFloat32.class));
      } else if (input.type() instanceof RawType.Times) {
        times.put(input.name(), make(input, TInt64.class));
      }
    }
    pipeline.servedInputs().forEach(this::serve);
  }

  private <T extends TType> Placeholder<T> make(RawInput input, Class<T> type) {
    Placeholder<T> placeholder =
        context
            .scope(input.name())
            .tf()
            .withName("raw")
            .placeholder(type, Placeholder.shape(Shape.of(-1)));
    placeholders.put(input.name(), placeholder);
    return placeholder;
  }

  /** As many times as the other inputs have rows. */
  private void serve(RawInput input, String value) {
    Ops tf = context.scope(input.name()).tf();
    Operand<TInt32> rows = tf.shape(placeholders.values().iterator().next());
    if (input.type() instanceof RawType.Texts) {
      texts.put(input.name(), tf.fill(rows, tf.constant(value)));
    } else if (input.type() instanceof RawType.Numbers) {
      float number = value.isEmpty() ? Float.NaN : (float) Decimals.valueOf(value);
      numbers.put(input.name(), tf.fill(rows, tf.constant(number)));
    } else if (input.type() instanceof RawType.Times type) {
      long time = value.isEmpty() ? TimeRule.MISSING : type.rule().read(value).orElseThrow();
      times.put(input.name(), tf.fill(rows, tf.constant(time)));
    }
  }

  /** A text's, empty for missing. */
  Operand<TString> text(String name) {
    return texts.get(name);
  }

  /** A number's, NaN for missing. */
  Operand<TFloat32> number(String name) {
    return numbers.get(name);
  }

  /** A time's, {@link TimeRule#MISSING} for missing. */
  Operand<TInt64> time(String name) {
    return times.get(name);
  }

  /** The placeholders by name. */
  Map<String, Placeholder<? extends TType>> all() {
    return Collections.unmodifiableMap(placeholders);
  }
}
