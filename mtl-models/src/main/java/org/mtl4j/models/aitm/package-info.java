/** Adaptive information transfer between the stages of a funnel: Xi and others 2021. */
package org.mtl4j.models.aitm;
