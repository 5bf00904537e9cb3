package org.mtl4j.data.codec;

import java.io.StreamCorruptedException;
import java.lang.reflect.Array;
import java.lang.reflect.Type;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What is made of nothing else: numbers, truth, texts, enums, and arrays of them. */
final class LeafCodecs {
  private LeafCodecs() {}

  static Map<Type, Codec<?>> all() {
    Map<Type, Codec<?>> all = new HashMap<>();
    add(all, int.class, Integer.class, of((v, out) -> out.data().writeInt(v), LeafCodecs::readInt));
    add(
        all,
        long.class,
        Long.class,
        of((v, out) -> out.data().writeLong(v), in -> in.data().readLong()));
    add(
        all,
        float.class,
        Float.class,
        of(
            (v, out) -> out.data().writeInt(Float.floatToRawIntBits(v)),
            in -> Float.intBitsToFloat(in.data().readInt())));
    Codec<Double> doubles =
        of(
            (v, out) -> out.data().writeLong(Double.doubleToRawLongBits(v)),
            in -> Double.longBitsToDouble(in.data().readLong()));
    add(all, double.class, Double.class, doubles);
    add(
        all,
        boolean.class,
        Boolean.class,
        of((v, out) -> out.data().writeBoolean(v), in -> in.data().readBoolean()));
    all.put(String.class, LeafCodecs.<String>of((v, out) -> out.text(v), ValueInput::text));
    all.put(OptionalInt.class, optionalInt());
    all.put(OptionalLong.class, optionalLong());
    all.put(OptionalDouble.class, optionalDouble());
    for (Class<?> element :
        new Class<?>[] {int.class, long.class, float.class, double.class, boolean.class}) {
      all.put(element.arrayType(), array(element, all.get(element)));
    }
    all.put(String[].class, array(String.class, all.get(String.class)));
    all.put(float[][].class, array(float[].class, all.get(float[].class)));
    return all;
  }

  private static int readInt(ValueInput in) throws java.io.IOException {
    return in.data().readInt();
  }

  private static <T> Codec<T> of(LeafCodec.Writer<T> writer, LeafCodec.Reader<T> reader) {
    return new LeafCodec<>(writer, reader);
  }

  private static <T> void add(
      Map<Type, Codec<?>> all, Class<?> primitive, Class<T> boxed, Codec<T> codec) {
    all.put(primitive, codec);
    all.put(boxed, codec);
  }

  private static Codec<OptionalInt> optionalInt() {
    return of(
        (v, out) -> {
          out.data().writeBoolean(v.isPresent());
          out.data().writeInt(v.orElse(0));
        },
        in -> {
          boolean present = in.data().readBoolean();
          int value = in.data().readInt();
          return present ? OptionalInt.of(value) : OptionalInt.empty();
        });
  }

  private static Codec<OptionalLong> optionalLong() {
    return of(
        (v, out) -> {
          out.data().writeBoolean(v.isPresent());
          out.data().writeLong(v.orElse(0));
        },
        in -> {
          boolean present = in.data().readBoolean();
          long value = in.data().readLong();
          return present ? OptionalLong.of(value) : OptionalLong.empty();
        });
  }

  private static Codec<OptionalDouble> optionalDouble() {
    return of(
        (v, out) -> {
          out.data().writeBoolean(v.isPresent());
          out.data().writeLong(Double.doubleToRawLongBits(v.orElse(0)));
        },
        in -> {
          boolean present = in.data().readBoolean();
          double value = Double.longBitsToDouble(in.data().readLong());
          return present ? OptionalDouble.of(value) : OptionalDouble.empty();
        });
  }

  @SuppressWarnings("unchecked") // The codec is that of the elements.
  private static Codec<Object> array(Class<?> element, Codec<?> codec) {
    Codec<Object> each = (Codec<Object>) codec;
    return of(
        (array, out) -> {
          int length = Array.getLength(array);
          out.data().writeInt(length);
          for (int i = 0; i < length; i++) {
            each.write(Array.get(array, i), out);
          }
        },
        in -> {
          int length = in.length();
          Object array = Array.newInstance(element, length);
          for (int i = 0; i < length; i++) {
            Array.set(array, i, each.read(in));
          }
          return array;
        });
  }

  /** An enum's constant by its name. */
  static Codec<Object> ofEnum(Class<?> type) {
    Map<String, Object> constants = new HashMap<>();
    for (Object constant : type.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name(), constant);
    }
    return of(
        (value, out) -> out.text(((Enum<?>) value).name()),
        in -> {
          String name = in.text();
          Object constant = constants.get(name);
          if (constant == null) {
            throw new StreamCorruptedException(type.getName() + " has no " + name);
          }
          return constant;
        });
  }
}
