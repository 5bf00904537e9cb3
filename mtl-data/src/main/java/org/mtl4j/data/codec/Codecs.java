package org.mtl4j.data.codec;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Codecs by type. A record is written component by component, in their order; a value of a sealed
 * type is preceded by the name of its class; and so on down to numbers, texts, enums, arrays of
 * numbers or texts, optionals, lists, sets and maps of any of these, which keep their order. A
 * class of another kind needs a codec of its own, given to {@link #with}. Nothing is written that
 * cannot be read back: what a type is made of is looked at as a whole, when its codec is asked for.
 *
 * <p>The bytes say nothing of their types, so that only a program with the same {@linkplain
 * #structure structure} can read them.
 */
public final class Codecs {
  private final Map<Type, Codec<?>> known = new HashMap<>(LeafCodecs.all());
  private final Set<Type> leaves = new HashSet<>(known.keySet());

  /**
   * Adds a class that is no record.
   *
   * @return this
   */
  public <T> Codecs with(Class<T> type, Codec<T> codec) {
    known.put(type, codec);
    leaves.add(type);
    return this;
  }

  /**
   * As {@link #with}, for values that stand in several places by reference: they are written once,
   * and come back as one.
   *
   * @return this
   */
  public <T> Codecs withShared(Class<T> type, Codec<T> codec) {
    return with(
        type,
        new LeafCodec<>(
            (value, out) -> {
              if (out.isNew(value)) {
                codec.write(value, out);
              }
            },
            in -> type.cast(in.shared(() -> codec.read(in)))));
  }

  /**
   * What a class is made of, as text, to be kept beside bytes that another release may read. Of a
   * class given to {@link #with} it has the name alone.
   */
  public String structure(Class<?> type) {
    return new TypeStructure(leaves).of(type);
  }

  /**
   * Whether bytes of a class that were written where it had some structure can be read here: a
   * record must be made of the same, a sealed type or an enum may have more than it had.
   *
   * @param written what {@link #structure} said then
   * @return the first part of it that is another by now; empty if they can be read
   */
  public Optional<String> unreadable(String written, Class<?> type) {
    return TypeStructure.unreadable(written, structure(type));
  }

  /**
   * The codec of a class.
   *
   * @throws IllegalArgumentException if something that it is made of cannot be written; it names
   *     the way there
   */
  @SuppressWarnings("unchecked") // Each codec is made of the very type that it is known by.
  public <T> Codec<T> of(Class<T> type) {
    return (Codec<T>) of(type, type.getSimpleName());
  }

  @SuppressWarnings("unchecked") // As above.
  Codec<Object> of(Type type, String way) {
    Codec<?> codec = known.get(type);
    if (codec == null) {
      // Known by a promise before it is made: a type may contain itself.
      Promise promise = new Promise();
      known.put(type, promise);
      boolean made = false;
      try {
        codec = make(type, way);
        promise.keep((Codec<Object>) codec);
        known.put(type, codec);
        made = true;
      } finally {
        if (!made) {
          known.remove(type);
        }
      }
    }
    return (Codec<Object>) codec;
  }

  private Codec<?> make(Type type, String way) {
    if (type instanceof ParameterizedType generic) {
      return ContainerCodecs.of(generic, way, this);
    }
    if (type instanceof Class<?> raw) {
      if (raw.isRecord()) {
        return new RecordCodec(raw, way, this);
      }
      if (raw.isEnum()) {
        return LeafCodecs.ofEnum(raw);
      }
      if (raw.isSealed()) {
        return new SealedCodec(raw, way, this);
      }
    }
    throw new IllegalArgumentException(
        way
            + ": expected a record, a sealed type of records, an enum, a number, a text, an array of"
            + " numbers or texts, or an optional, list, set or map of these, found "
            + type.getTypeName());
  }

  /** Stands for a codec while it is being made. */
  private static final class Promise implements Codec<Object> {
    private Codec<Object> codec;

    void keep(Codec<Object> made) {
      codec = made;
    }

    @Override
    public void write(Object value, ValueOutput out) throws java.io.IOException {
      codec.write(value, out);
    }

    @Override
    public Object read(ValueInput in) throws java.io.IOException {
      return codec.read(in);
    }
  }
}
