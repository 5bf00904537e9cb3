/**
 * How far two assignments of the same rows agree, ordered classes or clusters: functions on arrays,
 * as no task type has such outputs yet.
 */
package org.mtl4j.eval.agreement;
