package org.mtl4j.serving.tensor;

import java.util.Arrays;
import java.util.Optional;

/** What a tensor's elements are. Numbers and names are TensorFlow's. */
public enum TensorType {
  /** 32-bit floating point. */
  FLOAT(1, 4, "float"),
  /** 64-bit floating point. */
  DOUBLE(2, 8, "double"),
  /** 32-bit integers. */
  INT32(3, 4, "int32"),
  /** 8-bit integers from 0. */
  UINT8(4, 1, "uint8"),
  /** 16-bit integers. */
  INT16(5, 2, "int16"),
  /** 8-bit integers. */
  INT8(6, 1, "int8"),
  /** Strings of bytes. */
  STRING(7, 0, "string"),
  /** 64-bit integers. */
  INT64(9, 8, "int64"),
  /** A byte each, 0 or 1. */
  BOOL(10, 1, "bool"),
  /** The upper 16 bits of 32-bit floating point. */
  BFLOAT16(14, 2, "bfloat16"),
  /** 16-bit integers from 0. */
  UINT16(17, 2, "uint16"),
  /** 16-bit floating point. */
  HALF(19, 2, "half"),
  /** 32-bit integers from 0. */
  UINT32(22, 4, "uint32"),
  /** 64-bit integers from 0. */
  UINT64(23, 8, "uint64");

  private final int number;
  private final int bytes;
  private final String label;

  TensorType(int number, int bytes, String label) {
    this.number = number;
    this.bytes = bytes;
    this.label = label;
  }

  /** Its number in TensorFlow's messages. */
  public int number() {
    return number;
  }

  /** How many bytes an element takes; 0 for strings, which have lengths of their own. */
  public int bytes() {
    return bytes;
  }

  /** Its name in TensorFlow's messages, such as {@code float}. */
  public String label() {
    return label;
  }

  /** The type of that number; empty for those that no request carries. */
  public static Optional<TensorType> of(int number) {
    return Arrays.stream(values()).filter(type -> type.number == number).findFirst();
  }
}
